/** What the tests of the pages share. */
import { testConsole } from "../testing.ts";
import type { TestConsoleOptions } from "../testing.ts";

/** A page as a reader without style sheets sees it: text, with white space collapsed. */
export const textOf = (page: string): string =>
  page
    .replace(/<head>.*<\/head>/s, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

/** Opens a page of a console that has asked Prometheus once, after `arrange` has given it something to show. */
export async function opened(
  path: string,
  options: TestConsoleOptions = {},
  arrange?: (console: ReturnType<typeof testConsole>) => unknown,
) {
  const console = testConsole(options);
  await console.watch.refresh();
  await arrange?.(console);
  const response = await console.app.request(path);
  const page = await response.text();
  return { page, text: textOf(page), status: response.status };
}
