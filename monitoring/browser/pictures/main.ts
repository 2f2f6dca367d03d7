import { takePictures } from "./take-pictures.ts";

process.exitCode = await takePictures();
