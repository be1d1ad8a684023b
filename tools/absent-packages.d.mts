export const absentPackages: Record<string, string>;
