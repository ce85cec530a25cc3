// Compiled into the addon besides the sources of @tensorflow/tfjs-node, which waits for every operation. While an operation
// starts, ends or waits for a lock, cores have nothing to do: another one that runs at the same time fills such gaps.
// So an operation whose output is not needed soon may ask, by its last attribute, a list of integers named
// `_wellfit_background`, to run on a thread of TensorFlow's own, in the order of asking. The list is the shape of its only
// output, since tfjs-node wants to know that at once. An addon without this file passes the attribute on, and TensorFlow
// takes no notice of names with an underscore.
//
// Whoever uses the output waits for it. An error shows there. The addon is linked with `--wrap` for the functions below.
#include "background.h"

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "tensorflow/c/eager/c_api_experimental.h"

namespace {

using Shape = std::vector<int64_t>;

// Of each thread of JavaScript, as each has a context of its own.
struct Thread {
  TFE_Context* context = nullptr;
  TFE_Executor* foreground = nullptr;
  TFE_Executor* background = nullptr;
  // What asked for the background, and was not run yet.
  TFE_Op* asking = nullptr;
  Shape shape_of_asking;
  // Of outputs that are perhaps not there yet.
  std::unordered_map<TFE_TensorHandle*, Shape> shapes;
};

Thread& ThisThread() {
  // Never freed: tfjs-node frees its tensors when the thread ends, perhaps after what belongs to the thread.
  static thread_local Thread* const thread = new Thread;
  return *thread;
}

std::mutex executors_mutex;
std::vector<TFE_Executor*>& Executors() {
  static auto* const executors = new std::vector<TFE_Executor*>;
  return *executors;
}

void WaitFor(TFE_Executor* executor) {
  TF_Status* status = TF_NewStatus();
  TFE_ExecutorWaitForAllPendingNodes(executor, status);
  TF_DeleteStatus(status);
}

// At exit, before the libraries take apart what operations in the background use.
void WaitForAll() {
  const std::lock_guard<std::mutex> lock(executors_mutex);
  for (TFE_Executor* executor : Executors()) WaitFor(executor);
}

TFE_Executor* NewBackground() {
  TFE_Executor* executor = TFE_NewExecutor(/*is_async=*/true, /*enable_streaming_enqueue=*/true,
                                           /*in_flight_nodes_limit=*/0);
  const std::lock_guard<std::mutex> lock(executors_mutex);
  if (Executors().empty()) std::atexit(WaitForAll);
  Executors().push_back(executor);
  return executor;
}

}  // namespace

namespace wellfit {

void UseContext(TFE_Context* context) {
  Thread& thread = ThisThread();
  thread.context = context;
  thread.foreground = nullptr;
}

void Execute(TFE_Op* op, TFE_TensorHandle** outputs, int* count, TF_Status* status,
             void (*execute)(TFE_Op*, TFE_TensorHandle**, int*, TF_Status*)) {
  Thread& thread = ThisThread();
  const bool asked = thread.asking == op;
  thread.asking = nullptr;
  if (!asked || *count != 1 || thread.context == nullptr) {
    execute(op, outputs, count, status);
    return;
  }
  if (thread.foreground == nullptr) thread.foreground = TFE_ContextGetExecutorForThread(thread.context);
  if (thread.background == nullptr) thread.background = NewBackground();
  // What failed before has said so by its output, and would now keep everything else from running.
  TFE_ExecutorClearError(thread.background);
  TFE_ContextSetExecutorForThread(thread.context, thread.background);
  execute(op, outputs, count, status);
  TFE_ContextSetExecutorForThread(thread.context, thread.foreground);
  if (TF_GetCode(status) == TF_OK) thread.shapes[outputs[0]] = thread.shape_of_asking;
}

}  // namespace wellfit

extern "C" {

void __real_TFE_OpSetAttrIntList(TFE_Op* op, const char* name, const int64_t* values, int count);
int __real_TFE_TensorHandleNumDims(TFE_TensorHandle* handle, TF_Status* status);
int64_t __real_TFE_TensorHandleDim(TFE_TensorHandle* handle, int axis, TF_Status* status);
void __real_TFE_DeleteTensorHandle(TFE_TensorHandle* handle);
void __real_TFE_DeleteContext(TFE_Context* context);

void __wrap_TFE_OpSetAttrIntList(TFE_Op* op, const char* name, const int64_t* values, int count) {
  if (std::strcmp(name, "_wellfit_background") != 0) {
    __real_TFE_OpSetAttrIntList(op, name, values, count);
    return;
  }
  Thread& thread = ThisThread();
  thread.asking = op;
  thread.shape_of_asking.assign(values, values + count);
}

int __wrap_TFE_TensorHandleNumDims(TFE_TensorHandle* handle, TF_Status* status) {
  const auto& shapes = ThisThread().shapes;
  const auto found = shapes.find(handle);
  if (found == shapes.end()) return __real_TFE_TensorHandleNumDims(handle, status);
  return static_cast<int>(found->second.size());
}

int64_t __wrap_TFE_TensorHandleDim(TFE_TensorHandle* handle, int axis, TF_Status* status) {
  const auto& shapes = ThisThread().shapes;
  const auto found = shapes.find(handle);
  // tfjs-node asks for axes below the number of those above.
  if (found == shapes.end()) return __real_TFE_TensorHandleDim(handle, axis, status);
  return found->second[axis];
}

void __wrap_TFE_DeleteTensorHandle(TFE_TensorHandle* handle) {
  ThisThread().shapes.erase(handle);
  __real_TFE_DeleteTensorHandle(handle);
}

// Where a thread of JavaScript ends: what is not done yet uses the context.
void __wrap_TFE_DeleteContext(TFE_Context* context) {
  Thread& thread = ThisThread();
  if (thread.background != nullptr) WaitFor(thread.background);
  thread.context = nullptr;
  __real_TFE_DeleteContext(context);
}

}  // extern "C"
