"use client";

import { useEffect, useState } from "react";

export default function Mover() {
    const [x, setX] = useState(40);
    useEffect(() => {
        let start;
        let id = requestAnimationFrame(function step(now) {
            start ??= now;
            setX(40 + 0.24 * Math.min(1000, now - start));
            id = requestAnimationFrame(step);
        });
        return () => cancelAnimationFrame(id);
    }, []);
    return <b id="marker" style={{ left: x - 10 }} />;
}
