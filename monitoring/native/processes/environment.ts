/** What a program inherits from the person's shell; anything else there (a stray PORT, NODE_OPTIONS) stays outside. */
const inherited = ["PATH", "HOME", "TMPDIR", "LANG", "TZ", "LOG_LEVEL"] as const;

/** The environment of a component: the inherited few, then its own settings. */
export function environmentFor(own: Readonly<Record<string, string>>): Record<string, string> {
  const kept = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), ...own };
}
