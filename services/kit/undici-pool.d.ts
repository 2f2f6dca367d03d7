// See client.ts: undici has types for its entry only, not for the file that we import.
declare module "undici/lib/dispatcher/pool.js" {
  import { Pool } from "undici";
  export = Pool;
}
