// marker: x = 40 + 240 * t
document.body.style.cssText = "margin: 0; background: #101425; color: #fff";
document.body.append(Object.assign(document.createElement("b"), { id: "marker" }));
document.querySelector("#marker").style.cssText = "position: absolute; top: 80px; width: 20px; height: 20px; background: #f0f";
import("./move.js").then(({ move }) => move(document.querySelector("#marker")));
setTimeout(() => import("./late.js").then(({ text }) => { document.body.append(text); }), 300);
