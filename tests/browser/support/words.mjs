// What the pages say, from the catalogues that the pages have it from: a journey follows every change of wording.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { typescript } from "./packages.mjs";

const sources = fileURLToPath(new URL("../../../web/src", import.meta.url));
const loaded = new Map();
/** What several features say: its words stand beside it. */
const SHARED = {
  drafts: "shared/drafts",
  next: "shared/tasks/next",
  training: "shared/desk/training",
};

/**
 * `const t = wordsOf('en')`, then `t('task-board/learn', 'week.title', { n: 3 })`; `t('common', 'save')` is everybody's,
 * `t('drafts', 'saved')` is said wherever somebody writes, `t('next', 'go')` after a task.
 * A slot that the journey leaves open makes the answer a pattern that takes anything there.
 */
export function wordsOf(language) {
  return (name, key, slots = {}) => {
    const text = catalogueOf(name, language)[key];
    if (text === undefined) throw new Error(`${name} says nothing for ${key}`);
    // `{n|day|days}`: the word for one or for any other number.
    const counted = text.replace(
      /\{(\w+)\|(.*?)\|(.*?)\}/g,
      (_, slot, one, many) =>
        slots[slot] === undefined
          ? `{${slot}}`
          : String(slots[slot]) === "1"
            ? one
            : many,
    );
    const filled = counted.replace(
      /\{(\w+)\}/g,
      (whole, slot) => slots[slot] ?? whole,
    );
    if (!/\{\w+\}/.test(filled)) return filled;
    const parts = filled
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(parts.join(".+"));
  };
}

function catalogueOf(name, language) {
  const shared = SHARED[name];
  if (shared)
    return load(
      path.join(
        sources,
        shared,
        `words.${language === "en" ? "en" : "zh"}.ts`,
      ),
    );
  const [feature, place] = name.split("/");
  const folder = place
    ? path.join(sources, "features", feature, "messages")
    : path.join(sources, "shared/i18n");
  return load(
    path.join(
      folder,
      `${place ?? feature}.${language === "en" ? "en" : "zh"}.ts`,
    ),
  );
}

/** Catalogues are plain objects that at most build on one another. */
function load(file) {
  if (!loaded.has(file)) {
    const { outputText } = typescript.transpileModule(
      readFileSync(file, "utf8"),
      {
        compilerOptions: {
          module: typescript.ModuleKind.CommonJS,
          esModuleInterop: true,
        },
      },
    );
    const exports = { __esModule: true };
    const require = (other) => ({
      __esModule: true,
      default: load(path.join(path.dirname(file), `${other}.ts`)),
    });
    new Function("exports", "require", outputText)(exports, require);
    loaded.set(file, exports.default);
  }
  return loaded.get(file);
}
