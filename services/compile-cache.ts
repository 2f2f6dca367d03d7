import path from "node:path";

/**
 * Where Node keeps what it compiled. One for every stack of this checkout: types are stripped and modules compiled at the
 * very first start only, and not again for a new state folder. Where it cannot be written Node goes without.
 */
export const compileCache = path.resolve(import.meta.dirname, "../node_modules/.cache/burnrate-compile");
