/** Version of the layout of run folders; a reader refuses any other. `docs/runs.md` tells what each one changed. */
export const schemaVersion = 1;
