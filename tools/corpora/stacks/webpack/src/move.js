export const move = box => box.animate([{ translate: "30px" }, { translate: "270px" }], { duration: 1000, fill: "both" });
