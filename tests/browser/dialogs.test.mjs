// With mouse and finger where a person puts them: lists that open in a dialog, double clicks, and a press beside what is half written.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  checkAccess,
  DESK,
  openBrowser,
  PHONE,
  shot,
  signIn,
  startLingxue,
  wordsOf,
} from "./support/index.mjs";

const t = wordsOf("zh-CN");
const say = (key, slots) => t("identity/office", key, slots);

let lingxue, browser;
before(async () => {
  lingxue = await startLingxue({ demo: true });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await lingxue?.stop();
});

async function asAdministrator(size, path) {
  const page = await browser.person(lingxue.url, { size });
  await signIn(page, "admin", lingxue.password);
  await page.goto(path);
  return page;
}

/** Where it is on the screen; it must be what a press there meets. */
async function placeOf(page, thing) {
  await thing.waitFor();
  await thing.scrollIntoViewIfNeeded();
  const box = await thing.boundingBox();
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const isMet = await thing.evaluate((element, { x, y }) => {
    const met = document.elementFromPoint(x, y);
    return met !== null && (element.contains(met) || met.contains(element));
  }, place);
  assert.ok(isMet, `something lies above ${thing}`);
  return place;
}

async function press(page, thing) {
  const { x, y } = await placeOf(page, thing);
  if (page.size.phone) await page.touchscreen.tap(x, y);
  else await page.mouse.click(x, y);
}

/** As fast as a hand does it, and without looking in between. */
async function pressTwice(page, thing) {
  const { x, y } = await placeOf(page, thing);
  for (let time = 0; time < 2; time += 1) {
    if (page.size.phone) await page.touchscreen.tap(x, y);
    else await page.mouse.click(x, y, { clickCount: time + 1 });
  }
}

async function pick(page, box, typed) {
  await press(page, box);
  if (typed) await page.keyboard.type(typed);
  const option = page
    .getByRole("option")
    .filter({ hasText: typed ?? /./ })
    .first();
  await option.waitFor();
  const name = (await option.innerText()).trim();
  await press(page, option);
  await option.waitFor({ state: "hidden" });
  return name;
}

for (const size of [PHONE, DESK]) {
  test(`a unit and a person are picked in a dialog (${size.name})`, async () => {
    const page = await asAdministrator(size, "/office/people");
    await press(page, page.getByRole("button", { name: say("people.add") }));
    const adding = page.getByRole("dialog", { name: say("people.add") });
    await adding.getByLabel(say("person.name")).fill(`新来的${size.name}`);
    const unit = await pick(
      page,
      adding.getByRole("combobox", { name: say("person.unit") }),
      "镇",
    );
    await adding
      .getByLabel(say("person.phone"))
      .fill(size.phone ? "15400009901" : "15400009902");
    await shot(page, "dialog-picked");
    assert.ok(
      (await adding.innerText()).includes(unit),
      `${unit} is not chosen`,
    );
    await press(
      page,
      adding.getByRole("button", { name: t("common", "save") }),
    );
    await page.getByRole("heading", { name: `新来的${size.name}` }).waitFor();

    await press(page, page.getByRole("button", { name: say("grants.give") }));
    const giving = page.getByRole("dialog", {
      name: say("grants.give.for", { name: `新来的${size.name}` }),
    });
    await pick(
      page,
      giving.getByRole("combobox", { name: say("grants.scope") }),
      "镇",
    );
    await checkAccess(page);
    await press(page, giving.getByRole("button", { name: say("grants.give") }));
    await giving.waitFor({ state: "hidden" });
    await page.getByText(say("role.school_head")).first().waitFor();

    await page.goto("/office/grants");
    await press(page, page.getByRole("button", { name: say("grants.give") }));
    const naming = page.getByRole("dialog", { name: say("grants.give") });
    const person = await pick(
      page,
      naming.getByRole("combobox", { name: say("grants.person") }),
      "新来的",
    );
    assert.ok(
      (await naming.innerText()).includes(person),
      `${person} is not chosen`,
    );
    await page.context().close();
  });

  test(`a double click asks once and keeps asking; what is typed is not thrown away unasked (${size.name})`, async () => {
    const page = await asAdministrator(size, "/office/grants");
    await pressTwice(
      page,
      page.getByRole("button", { name: say("grants.take") }).first(),
    );
    const question = page.getByRole("dialog");
    await question.waitFor();
    await press(
      page,
      question.getByRole("button", { name: t("common", "cancel") }),
    );
    await question.waitFor({ state: "hidden" });

    await page.goto("/office/people");
    await press(page, page.getByRole("button", { name: say("people.add") }));
    const adding = page.getByRole("dialog", { name: say("people.add") });
    await adding.getByLabel(say("person.name")).fill("写了一半");
    // The name is kept on the device; the number is kept nowhere.
    await adding.getByLabel(say("person.phone")).fill("16000001009");
    await page.keyboard.press("Escape");
    const asked = page.getByRole("dialog", {
      name: t("common", "leave.title"),
    });
    await asked.waitFor();
    await checkAccess(page);
    await press(
      page,
      asked.getByRole("button", { name: t("common", "cancel") }),
    );
    await asked.waitFor({ state: "hidden" });
    assert.equal(
      await adding.getByLabel(say("person.phone")).inputValue(),
      "16000001009",
    );

    if (size.phone) await page.touchscreen.tap(4, 4);
    else await page.mouse.click(4, 4);
    await press(
      page,
      asked.getByRole("button", { name: t("common", "close") }).last(),
    );
    await adding.waitFor({ state: "hidden" });

    await page.reload();
    await press(page, page.getByRole("button", { name: say("people.add") }));
    await page.waitForFunction(
      (text) =>
        [...document.querySelectorAll("dialog input")].some(
          (input) => input.value === text,
        ),
      "写了一半",
    );
    assert.equal(await adding.getByLabel(say("person.phone")).inputValue(), "");
    await page.context().close();
  });
}
