import { enableCompileCache } from "node:module";
import { compileCache } from "../../services/compile-cache.ts";

// Before the rest is loaded, or that would be compiled anew.
enableCompileCache(compileCache);
const { runDemo } = await import("./demo.ts");

process.exitCode = await runDemo(process.argv.slice(2));
