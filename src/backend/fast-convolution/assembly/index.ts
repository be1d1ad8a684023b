import { AttentionJob, attentionScratchBytes, attentionTask } from './attention';
import { binaryTask } from './binary';
import { ChannelSumJob, channelSumScratchBytes, channelSumTask, gradientSumsTask } from './channel-sum';
import { copyTask, turnTask } from './copy';
import { DepthwiseJob, depthwiseScratchBytes, depthwiseTask } from './depthwise';
import { DepthwiseFilterGradientJob, depthwiseFilterGradientTask } from './depthwise-filter-gradient';
import { FilterGradientJob } from './filter-gradient-job';
import {
  filterGradientPatchesScratchBytes,
  filterGradientPatchesTask,
  sumPatchesTask,
} from './filter-gradient-patches';
import {
  filterGradientTilesScratchBytes,
  filterGradientTilesTask,
  sumTilesTask,
} from './filter-gradient-tiles';
import { functionTask, slopeTask } from './functions';
import { groupedScratchBytes, groupedTask } from './grouped';
import { GroupedJob } from './grouped-job';
import { MatrixVectorJob, matrixVectorTask, vectorMatrixTask } from './matrix-vector';
import { MaxPoolGradientJob, maxPoolGradientTask } from './max-pool-gradient';
import {
  NormaliseJob,
  columnSumsTask,
  normaliseGradientTask,
  normaliseSumsTask,
  normaliseTask,
  statisticsTask,
} from './normalise';
import { packFilterTask, patchesScratchBytes, patchesTask } from './patches';
import { PatchesJob } from './patches-job';
import { PoolJob, poolTask } from './pool';
import { ProductJob, productScratchBytes, productTask } from './product';
import { REDUCE_SCRATCH, ReduceJob, reduceTask } from './reduce';

export { greatest } from './reduce';
import { ResizeJob, resizeTask } from './resize';
import {
  RowsJob,
  layerNormGradientTask,
  layerNormTask,
  softmaxGradientTask,
  softmaxTask,
} from './rows';
import { Board, JOBS, LEFT, LOOKS, MOST_QUIET, OPEN, QUIET, TIMED_OUT } from './threads';
import { UpdateJob, activateTask, adamTask, descentTask, gateTask, selectTask } from './update';
import { WalkJob, walkScratchBytes } from './walk';
import { BETWEEN, transformFilterTask, winogradScratchBytes, winogradTask } from './winograd';
import { packTapsTask } from './winograd-taps';
import { WinogradJob } from './winograd-job';

const WINOGRAD: i32 = 0;
const TRANSFORM_FILTER: i32 = 1;
const PATCHES: i32 = 2;
const PACK_FILTER: i32 = 3;
const POOL: i32 = 4;
const FILTER_GRADIENT_TILES: i32 = 5;
const SUM_TILES: i32 = 6;
const FILTER_GRADIENT_PATCHES: i32 = 7;
const SUM_PATCHES: i32 = 8;
const MAX_POOL_GRADIENT: i32 = 9;
const STATISTICS: i32 = 10;
const NORMALISE: i32 = 11;
const NORMALISE_SUMS: i32 = 12;
const NORMALISE_GRADIENT: i32 = 13;
const ADAM: i32 = 14;
const DESCENT: i32 = 15;
const GATE: i32 = 16;
const DEPTHWISE: i32 = 17;
const DEPTHWISE_FILTER_GRADIENT: i32 = 18;
const MATRIX_VECTOR: i32 = 19;
const VECTOR_MATRIX: i32 = 20;
const ACTIVATE: i32 = 21;
const COLUMN_SUMS: i32 = 22;
const PRODUCT: i32 = 23;
const FUNCTION: i32 = 24;
const SLOPE: i32 = 25;
const SOFTMAX: i32 = 26;
const SOFTMAX_GRADIENT: i32 = 27;
const LAYER_NORM: i32 = 28;
const LAYER_NORM_GRADIENT: i32 = 29;
const BINARY: i32 = 30;
const COPY: i32 = 31;
const TURN: i32 = 32;
const REDUCE: i32 = 33;
const RESIZE: i32 = 34;
const SELECT: i32 = 35;
const GROUPED: i32 = 36;
const PACK_TAPS: i32 = 37;
const GRADIENT_SUMS: i32 = 38;
const CHANNEL_SUM: i32 = 39;
const ATTENTION: i32 = 40;

function perform(kind: i32, record: usize, task: i32, thread: i32): void {
  if (kind == WINOGRAD) winogradTask(changetype<WinogradJob>(record), task, thread);
  else if (kind == TRANSFORM_FILTER) transformFilterTask(changetype<WinogradJob>(record), task, thread);
  else if (kind == PATCHES) patchesTask(changetype<PatchesJob>(record), task, thread);
  else if (kind == PACK_FILTER) packFilterTask(changetype<PatchesJob>(record), task);
  else if (kind == POOL) poolTask(changetype<PoolJob>(record), task);
  else if (kind == FILTER_GRADIENT_TILES)
    filterGradientTilesTask(changetype<FilterGradientJob>(record), task, thread);
  else if (kind == SUM_TILES) sumTilesTask(changetype<FilterGradientJob>(record), task, thread);
  else if (kind == FILTER_GRADIENT_PATCHES)
    filterGradientPatchesTask(changetype<FilterGradientJob>(record), task, thread);
  else if (kind == SUM_PATCHES) sumPatchesTask(changetype<FilterGradientJob>(record), task);
  else if (kind == MAX_POOL_GRADIENT) maxPoolGradientTask(changetype<MaxPoolGradientJob>(record), task);
  else if (kind == STATISTICS) statisticsTask(changetype<NormaliseJob>(record), task);
  else if (kind == NORMALISE) normaliseTask(changetype<NormaliseJob>(record), task);
  else if (kind == NORMALISE_SUMS) normaliseSumsTask(changetype<NormaliseJob>(record), task);
  else if (kind == NORMALISE_GRADIENT) normaliseGradientTask(changetype<NormaliseJob>(record), task);
  else if (kind == ADAM) adamTask(changetype<UpdateJob>(record), task);
  else if (kind == DESCENT) descentTask(changetype<UpdateJob>(record), task);
  else if (kind == GATE) gateTask(changetype<UpdateJob>(record), task);
  else if (kind == DEPTHWISE) depthwiseTask(changetype<DepthwiseJob>(record), task, thread);
  else if (kind == DEPTHWISE_FILTER_GRADIENT)
    depthwiseFilterGradientTask(changetype<DepthwiseFilterGradientJob>(record), task);
  else if (kind == MATRIX_VECTOR) matrixVectorTask(changetype<MatrixVectorJob>(record), task);
  else if (kind == VECTOR_MATRIX) vectorMatrixTask(changetype<MatrixVectorJob>(record), task);
  else if (kind == ACTIVATE) activateTask(changetype<UpdateJob>(record), task);
  else if (kind == COLUMN_SUMS) columnSumsTask(changetype<NormaliseJob>(record), task);
  else if (kind == PRODUCT) productTask(changetype<ProductJob>(record), task, thread);
  else if (kind == FUNCTION) functionTask(changetype<UpdateJob>(record), task);
  else if (kind == SLOPE) slopeTask(changetype<UpdateJob>(record), task);
  else if (kind == SOFTMAX) softmaxTask(changetype<RowsJob>(record), task);
  else if (kind == SOFTMAX_GRADIENT) softmaxGradientTask(changetype<RowsJob>(record), task);
  else if (kind == LAYER_NORM) layerNormTask(changetype<RowsJob>(record), task);
  else if (kind == LAYER_NORM_GRADIENT) layerNormGradientTask(changetype<RowsJob>(record), task);
  else if (kind == BINARY) binaryTask(changetype<WalkJob>(record), task, thread);
  else if (kind == COPY) copyTask(changetype<WalkJob>(record), task, thread);
  else if (kind == TURN) turnTask(changetype<WalkJob>(record), task, thread);
  else if (kind == REDUCE) reduceTask(changetype<ReduceJob>(record), task, thread);
  else if (kind == RESIZE) resizeTask(changetype<ResizeJob>(record), task);
  else if (kind == SELECT) selectTask(changetype<UpdateJob>(record), task);
  else if (kind == GROUPED) groupedTask(changetype<GroupedJob>(record), task, thread);
  else if (kind == PACK_TAPS) packTapsTask(changetype<WinogradJob>(record), task);
  else if (kind == GRADIENT_SUMS) gradientSumsTask(changetype<ChannelSumJob>(record), task);
  else if (kind == CHANNEL_SUM) channelSumTask(changetype<ChannelSumJob>(record), task, thread);
  else if (kind == ATTENTION) attentionTask(changetype<AttentionJob>(record), task, thread);
}

/** Takes tasks until none is left. */
function help(board: usize, thread: i32): void {
  while (atomic.load<i32>(board + LEFT) > 0) {
    const task = atomic.sub<i32>(board + LEFT, 1) - 1;
    if (task < 0) return;
    const shared = changetype<Board>(board);
    perform(shared.kind, shared.record, task, thread);
    if (atomic.sub<i32>(board + OPEN, 1) == 1) atomic.notify(board + OPEN, 1);
  }
}

/**
 * Performs a job of `tasks` tasks together with the threads that `serve`; returns when all are done.
 * @returns tasks that a thread began and does not end: none has ended for 3 s. Whoever hears of any must trust the memory no more.
 */
export function run(board: usize, kind: i32, record: usize, tasks: i32, threads: i32): i32 {
  const shared = changetype<Board>(board);
  shared.kind = kind;
  shared.record = record;
  atomic.store<i32>(board + OPEN, tasks);
  atomic.store<i32>(board + LEFT, tasks);
  if (threads > 1) {
    atomic.add<i32>(board + JOBS, 1);
    atomic.notify(board + JOBS, threads - 1);
  }
  help(board, 0);
  let open = atomic.load<i32>(board + OPEN);
  let quiet = 0;
  for (let look = 0; open > 0 && quiet < MOST_QUIET; look++) {
    // A wait that lasts too long, on a machine that is busy elsewhere, counts as one all the same.
    if (look > LOOKS && atomic.wait<i32>(board + OPEN, open, QUIET) == TIMED_OUT) quiet++;
    const before = open;
    open = atomic.load<i32>(board + OPEN);
    if (open != before) quiet = 0;
  }
  return open;
}

/** The life of a helping thread. */
export function serve(board: usize, thread: i32): void {
  let seen = 0;
  while (true) {
    let look = 0;
    while (look < LOOKS && atomic.load<i32>(board + JOBS) == seen) look++;
    if (look == LOOKS) atomic.wait<i32>(board + JOBS, seen, -1);
    seen = atomic.load<i32>(board + JOBS);
    help(board, thread);
  }
}

/** Scratch memory each thread needs for a job. */
export function scratchBytes(kind: i32, record: usize): i32 {
  if (kind == WINOGRAD) return winogradScratchBytes(changetype<WinogradJob>(record));
  if (kind == PATCHES) return patchesScratchBytes(changetype<PatchesJob>(record));
  if (kind == FILTER_GRADIENT_TILES)
    return filterGradientTilesScratchBytes(changetype<FilterGradientJob>(record));
  if (kind == FILTER_GRADIENT_PATCHES)
    return filterGradientPatchesScratchBytes(changetype<FilterGradientJob>(record));
  if (kind == DEPTHWISE) return depthwiseScratchBytes(changetype<DepthwiseJob>(record));
  if (kind == PRODUCT) return productScratchBytes(changetype<ProductJob>(record));
  if (kind == GROUPED) return groupedScratchBytes(changetype<GroupedJob>(record));
  if (kind == ATTENTION) return attentionScratchBytes(changetype<AttentionJob>(record));
  if (kind == BINARY || kind == COPY || kind == TURN) return walkScratchBytes(changetype<WalkJob>(record));
  if (kind == CHANNEL_SUM) return channelSumScratchBytes(changetype<ChannelSumJob>(record));
  if (kind == REDUCE) return REDUCE_SCRATCH;
  return kind == TRANSFORM_FILTER || kind == SUM_TILES ? BETWEEN : 0;
}
