import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { alertmanagerSource, composeAlertmanager } from "./alertmanager.ts";

const root = path.resolve(import.meta.dirname, "../..");
const target = "monitoring/generated/compose/alertmanager/alertmanager.yml";

try {
  const { config } = composeAlertmanager(await readFile(path.join(root, alertmanagerSource), "utf8"));
  await mkdir(path.dirname(path.join(root, target)), { recursive: true });
  await writeFile(path.join(root, target), config);
  process.stdout.write(`${target} is up to date.\n`);
} catch (error) {
  process.stderr.write(`${alertmanagerSource}: ${(error as Error).message}\nNothing was written.\n`);
  process.exitCode = 1;
}
