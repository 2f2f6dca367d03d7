import { generate } from "./generate.ts";

process.exitCode = await generate(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
