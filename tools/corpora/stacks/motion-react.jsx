// stack: Motion for React: variants, AnimatePresence, layout animations, motion values
// marker: x = 40 + 240 * t
import { AnimatePresence, animate, motion, useMotionValue } from "motion/react";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

function App() {
    const x = useMotionValue(30),
        [open, setOpen] = useState(true);
    useEffect(() => {
        const controls = animate(x, 270, { duration: 1, ease: "linear" }),
            timer = setTimeout(() => setOpen(false), 400);
        return () => {
            controls.stop();
            clearTimeout(timer);
        };
    }, []);
    return (
        <>
            <motion.b id="marker" style={{ x }} />
            <AnimatePresence>
                {open && (
                    <motion.p key="p" initial={{ opacity: 0, x: 40 }} animate={{ opacity: 1, x: 0 }} exit={{ opacity: 0 }}>
                        leaves
                    </motion.p>
                )}
            </AnimatePresence>
            <motion.i
                layout
                style={{ position: "absolute", top: 120, left: open ? 10 : 200, width: open ? 30 : 80, height: 20, background: "#4f8" }}
            />
        </>
    );
}
createRoot(document.querySelector("#app")).render(<App />);
