import type { Page } from "playwright-core";

/**
 * Writes down what goes wrong on a page from now on: errors on its console, scripts that throw, dialogs, requests that fail
 * or answer 400 and above. A stream that ends because the page is left is no failure.
 *
 * @returns the problems, in words, growing as they come; whoever empties it begins anew.
 */
export function watchPage(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") problems.push(`request: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`answer: ${response.url()} ${response.status()}`);
  });
  return problems;
}
