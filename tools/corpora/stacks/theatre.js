// stack: Theatre.js: a sheet played from its state
// marker: x = 40 + 240 * t
import { getProject, types } from "@theatre/core";
import { mark } from "../marker.js";

const keyframe = (id, position, value) => ({ id, position, connectedRight: true, handles: [0.5, 1, 0.5, 0], type: "bezier", value });
const state = {
  sheetsById: {
    scene: {
      staticOverrides: { byObject: {} },
      sequence: {
        subUnitsPerUnit: 30,
        length: 1,
        type: "PositionalSequence",
        tracksByObject: {
          box: {
            trackIdByPropPath: { '["x"]': "t" },
            trackData: {
              t: {
                type: "BasicKeyframedTrack",
                __debugName: "x",
                keyframes: [
                  { ...keyframe("a", 0, 40), handles: [0.5, 1, 0.33, 0.33] },
                  { ...keyframe("b", 1, 280), handles: [0.67, 0.67, 0.5, 0] },
                ],
              },
            },
          },
        },
      },
    },
  },
  definitionVersion: "0.4.0",
  revisionHistory: ["1"],
};
const project = getProject("corpora", { state }),
  sheet = project.sheet("scene");
sheet.object("box", { x: types.number(40) }).onValuesChange(({ x }) => mark(x));
project.ready.then(() => sheet.sequence.play());
