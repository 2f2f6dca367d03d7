import { boot } from "../kit/boot.ts";
import { readConfigOrExit } from "../kit/config.ts";
import { createApp } from "./app.ts";
import { userSchema } from "./config.ts";

const config = readConfigOrExit(userSchema, process.env);
const day = { peakHour: config.PEAK_HOUR, dayLength: config.DAY_LENGTH };

await boot({ name: "user", config, createApp: (deps) => createApp(deps, day) });
