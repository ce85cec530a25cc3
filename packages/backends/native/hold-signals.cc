// Compiled into the addon besides the sources of @tensorflow/tfjs-node. A product of matrices by oneDNN in TensorFlow 2.21
// seems to keep data where a signal handler writes its frame: a signal to the thread that computes damaged the heap. Signals of
// Ctrl-C, of a terminal that changes its size and of `node --cpu-prof` are such. The addon is linked with `--wrap` for the
// functions below, so they run with signals held back until they return. The threads that TensorFlow starts meanwhile
// inherit that, and never get one.
#include <pthread.h>

#include <csignal>
#include <initializer_list>

#include "background.h"
#include "tensorflow/c/eager/c_api.h"

namespace {

class HeldSignals {
 public:
  HeldSignals() {
    sigset_t held;
    sigfillset(&held);
    // These say that the program itself has failed, and cannot wait.
    for (int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS}) sigdelset(&held, fault);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~HeldSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

extern "C" {

TFE_Context* __real_TFE_NewContext(const TFE_ContextOptions* options, TF_Status* status);
void __real_TFE_Execute(TFE_Op* op, TFE_TensorHandle** outputs, int* count, TF_Status* status);

TFE_Context* __wrap_TFE_NewContext(const TFE_ContextOptions* options, TF_Status* status) {
  const HeldSignals held;
  TFE_Context* context = __real_TFE_NewContext(options, status);
  wellfit::UseContext(context);
  return context;
}

void __wrap_TFE_Execute(TFE_Op* op, TFE_TensorHandle** outputs, int* count, TF_Status* status) {
  const HeldSignals held;
  wellfit::Execute(op, outputs, count, status, __real_TFE_Execute);
}

}  // extern "C"
