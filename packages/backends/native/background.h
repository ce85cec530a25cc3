#pragma once

#include "tensorflow/c/eager/c_api.h"

namespace wellfit {

// Operations of this thread run in this context from now on.
void UseContext(TFE_Context* context);

// Runs an operation in the background where its attributes ask for it, else by `execute`, at once.
void Execute(TFE_Op* op, TFE_TensorHandle** outputs, int* count, TF_Status* status,
             void (*execute)(TFE_Op*, TFE_TensorHandle**, int*, TF_Status*));

}  // namespace wellfit
