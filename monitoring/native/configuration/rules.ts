import { cp, readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { parse, stringify } from "yaml";
import { scaleRules, type RuleDocument } from "../../compiler/time-scale.ts";
import { replaceFile } from "../state/replace-file.ts";

/** Folders of rule files below `monitoring/`, and the folder beside prometheus.yml in which it looks for each. */
const folders = [
  { from: "generated/rules", to: "rules" },
  { from: "prometheus/alerts", to: "alerts" },
] as const;

export interface RulesOptions {
  /** The folder that holds the hand-written and generated files. */
  readonly monitoring: string;
  /** The folder of the derived prometheus.yml. */
  readonly target: string;
  readonly timeScale: number;
  /** The slowest scrape interval at real scale, in seconds. */
  readonly scrapeSeconds: number;
  /** Further rule files, by name without the ending. @default none */
  readonly additions?: Readonly<Record<string, RuleDocument>> | undefined;
}

/**
 * Puts all rule files where the derived prometheus.yml finds them: copies at real scale, else rules that run faster.
 * What an earlier start put there is removed.
 *
 * @throws RangeError or SyntaxError when a rule cannot be scaled; promtool judges everything else.
 */
export async function writeRules({
  monitoring,
  target,
  timeScale,
  scrapeSeconds,
  additions = {},
}: RulesOptions): Promise<void> {
  for (const { from, to } of folders) {
    const [source, copy] = [path.join(monitoring, from), path.join(target, to)];
    await rm(copy, { recursive: true, force: true });
    await cp(source, copy, { recursive: true });
    if (timeScale === 1) continue;
    const names = (await readdir(source)).filter((name) => name.endsWith(".yml"));
    const documents = await Promise.all(
      names.map(async (name) => parse(await readFile(path.join(source, name), "utf8")) as RuleDocument),
    );
    const scaled = scaleRules(documents, timeScale, { scrapeSeconds });
    for (const [index, name] of names.entries()) {
      const notice = `# ${timeScale} times faster than monitoring/${from}/${name}; written at each start.\n`;
      await replaceFile(path.join(copy, name), notice + stringify(scaled[index], { lineWidth: 0 }));
    }
  }
  const scaled = scaleRules(Object.values(additions), timeScale, { scrapeSeconds });
  for (const [index, name] of Object.keys(additions).entries()) {
    const file = path.join(target, folders[0].to, `${name}.yml`);
    await replaceFile(file, stringify(scaled[index], { lineWidth: 0 }));
  }
}
