/** Shows what a benchmark is doing, on one line that the next text replaces; silent when stderr is not a terminal. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}
