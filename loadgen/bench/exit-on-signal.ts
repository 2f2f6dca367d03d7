/** Ends the process on Ctrl-C or SIGTERM by `process.exit`, so that the programs that it started end too. */
export function exitOnSignal(): void {
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
}
