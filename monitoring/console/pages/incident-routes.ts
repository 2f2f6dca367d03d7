import { Hono } from "hono";
import { HttpProblem } from "../../../services/kit/errors.ts";
import { createMeasurements } from "../timeline/measurements.ts";
import type { MeasurementsOptions } from "../timeline/measurements.ts";
import type { Stories } from "../timeline/stories.ts";
import type { Frame } from "./frame.ts";
import { incidentPage } from "./incident.ts";
import { incidentsPage, storyTitle } from "./incidents.ts";
import type { Places } from "./places.ts";

export interface IncidentDeps extends MeasurementsOptions {
  readonly stories: Stories;
  readonly places: Places;
  readonly frame: Frame;
}

/** The pages of incidents. */
export function incidentRoutes({ stories, places, frame, ...options }: IncidentDeps): Hono {
  const app = new Hono();
  const measurements = createMeasurements(options);

  app.get("/incidents", (c) =>
    frame(c, {
      title: "Incidents",
      active: "incidents",
      body: incidentsPage(stories.read(), options.now()),
    }),
  );

  app.get("/incidents/:id", async (c) => {
    const story = stories.find(c.req.param("id"));
    if (story === undefined)
      throw new HttpProblem(404, "not-found", "there is no such incident, or it is not remembered any more");
    const body = incidentPage(story, await measurements(story), places, options.now());
    return frame(c, { title: storyTitle(story), active: "incidents", body });
  });

  return app;
}
