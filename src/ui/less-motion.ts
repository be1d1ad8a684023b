/** Whether the person asks for less motion: then layers change in steps, and nothing glides. */
export const lessMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
