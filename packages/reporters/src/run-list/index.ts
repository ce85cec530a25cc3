export { renderRunList, type ListedRun, type ListLook, type RunState } from './render-run-list.js';
export { readRunOverview, type RunOverview, type Unlisted } from './run-overview.js';
