// A clerk imports a roster in which a school stands under a longer name, and with a county typed with a space: both are decided about
// on the page, and nothing is made twice. A teacher gets another phone, and the page says what follows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  asking,
  checkAccess,
  DESK,
  openBrowser,
  PHONE,
  shot,
  signIn,
  startLingxue,
  wordsOf,
} from "./support/index.mjs";
import { workbook } from "./support/workbook.mjs";

const XLSX =
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const HEADINGS = [
  "姓名",
  "手机号码",
  "省份",
  "市州",
  "县区",
  "中心校",
  "教学点",
  "角色",
  "备注",
];

const t = wordsOf("zh-CN");
const say = (key, slots) => t("identity/office", key, slots);

let lingxue, browser, desk, school;
before(async () => {
  lingxue = await startLingxue({ demo: true });
  browser = await openBrowser();
  desk = await asking(lingxue, "admin");
  school = await centralSchool();
});
after(async () => {
  await browser?.close();
  await lingxue?.stop();
});

/** A school of the demo's tree with all levels above it. */
async function centralSchool() {
  const { items } = await desk.get(
    `/api/v1/org-units?name=${encodeURIComponent("中心小学")}`,
  );
  const found = items.find(
    ({ level, place }) => level === "central_school" && place.length === 4,
  );
  assert.ok(found, "the demo has a school below a county of a city");
  return found;
}

for (const [size, phone] of [
  [DESK, "16000777001"],
  [PHONE, "16000777002"],
]) {
  test(`a clerk imports a roster with a school under a longer name (${size.name})`, async () => {
    const page = await browser.person(lingxue.url, { size, language: "zh-CN" });
    await signIn(page, "admin", lingxue.password);
    await page.goto("/office/rosters");
    const [province, city, county, name] = school.place;
    const longer = `${county}${name}`;
    const place = [province, city, county, longer].join(" · ");
    const row = [
      "马国强",
      `'${phone}`,
      province,
      city,
      `${county.slice(0, -1)} ${county.slice(-1)}`,
      longer,
      "",
      "",
      "x",
    ];
    await page.setInputFiles("input[type=file]", {
      name: `名单${phone}.xlsx`,
      mimeType: XLSX,
      buffer: await workbook([HEADINGS, row]),
    });
    await page.getByRole("button", { name: say("roster.upload") }).click();
    await page.getByText(say("roster.unit.open", { n: 1 })).waitFor();
    await page
      .getByText(say("roster.unreadColumns", { list: "备注" }))
      .waitFor();
    const go = page.getByRole("button", {
      name: say("roster.apply", { n: 1 }),
      exact: true,
    });
    assert.ok(
      await go.isDisabled(),
      "nothing is imported before it is decided",
    );
    await checkAccess(page);
    await shot(page, "roster-units");

    const which = page.getByRole("group", {
      name: say("roster.unit.legend", { place }),
    });
    await which
      .getByLabel(say("roster.unit.same", { place: school.place.join(" · ") }))
      .check();
    await page.getByRole("button", { name: say("roster.unit.save") }).click();
    await page
      .getByText(say("roster.unit.open", { n: 1 }))
      .waitFor({ state: "detached" });
    await go.click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: say("roster.apply.do"), exact: true })
      .click();
    await page
      .getByText(say("roster.state.applied"), { exact: true })
      .first()
      .waitFor();
    await shot(page, "roster-applied");

    const { items } = await desk.get(`/api/v1/people?name=${phone}`);
    assert.equal(
      items[0].org_unit.id,
      school.id,
      "in the school that was there",
    );
    const { items: doubles } = await desk.get(
      `/api/v1/org-units?name=${encodeURIComponent(longer)}`,
    );
    assert.deepEqual(doubles, []);
    await page.context().close();
  });
}
