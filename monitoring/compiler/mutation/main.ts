/** `npm run test:mutation [-- --slo NAME]`: do the generated tests notice every mistake in the generated rules? */
import { mutationTest } from "./mutation-test.ts";

process.exitCode = await mutationTest(process.argv.slice(2), process.stdout, process.stderr);
