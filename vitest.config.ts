import { defineConfig } from "vitest/config";

// Every core works; by itself vitest leaves one idle, which on two cores doubles the time. Projects that start whole stacks
// run one file at a time all the same. A process takes one file after another: to load the same modules anew for each took
// four fifths of the processor time. So a test puts back what it changes of its process.
const workers = { maxWorkers: "100%", isolate: false };

// Tests run on Node's own loader (no Vite transform), so that syntax which Node refuses fails here too.
const native = { experimental: { viteModuleRunner: false as const }, pool: "forks" as const };

export default defineConfig({
  test: {
    // `.ci/run` counts from this report.
    reporters: ["default", ["json", { outputFile: ".burnrate/test-report.json" }]],
    projects: [
      {
        test: {
          ...native,
          ...workers,
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/*.{e2e,lab,tools}.test.ts"],
          // Whoever hangs is found; whoever is slow because the machine is busy passes.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      // Tests that run promtool, amtool and the like: the setup installs or names what is missing.
      {
        test: {
          ...native,
          ...workers,
          name: "tools",
          include: ["**/*.tools.test.ts"],
          exclude: ["**/node_modules/**"],
          globalSetup: ["./monitoring/native/test-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      // Whole stacks on real ports: alone on the machine, one file at a time.
      {
        test: {
          ...native,
          name: "e2e",
          include: ["**/*.e2e.test.ts"],
          exclude: ["**/node_modules/**"],
          globalSetup: ["./monitoring/native/test-setup.ts"],
          testTimeout: 480_000,
          hookTimeout: 480_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      // One stack with its 30-day past, as `npm run demo` starts it; all these files look at it, one after the other.
      {
        test: {
          ...native,
          name: "lab",
          include: ["**/*.lab.test.ts"],
          exclude: ["**/node_modules/**"],
          globalSetup: ["./monitoring/native/test-setup.ts", "./monitoring/native/testing/lab-setup.ts"],
          setupFiles: ["./monitoring/native/testing/lab-start.ts"],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
