// A Lottie animation of 30 frames: a magenta square that moves from 40 to 280.
const fixed = k => ({ a: 0, k });
export const animation = {
  v: "5.7.0", fr: 30, ip: 0, op: 31, w: 320, h: 180, nm: "marker", ddd: 0, assets: [],
  layers: [{
    ddd: 0, ind: 1, ty: 4, nm: "box", sr: 1, ip: 0, op: 31, st: 0, bm: 0, ao: 0,
    ks: {
      o: fixed(100), r: fixed(0), a: fixed([0, 0, 0]), s: fixed([100, 100, 100]),
      p: { a: 1, k: [{ t: 0, s: [40, 90, 0], i: { x: 1, y: 1 }, o: { x: 0, y: 0 } }, { t: 30, s: [280, 90, 0] }] },
    },
    shapes: [{
      ty: "gr", nm: "group", it: [
        { ty: "rc", nm: "rectangle", d: 1, s: fixed([20, 20]), p: fixed([0, 0]), r: fixed(0) },
        { ty: "fl", nm: "fill", c: fixed([1, 0, 1, 1]), o: fixed(100), r: 1 },
        { ty: "tr", p: fixed([0, 0]), a: fixed([0, 0]), s: fixed([100, 100]), r: fixed(0), o: fixed(100), sk: fixed(0), sa: fixed(0) },
      ],
    }],
  }],
};
