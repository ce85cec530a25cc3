// Compiled into the addon besides the sources of @tensorflow/tfjs-node. TensorFlow 2.21 logs by Abseil, and
// one of its libraries writes a note on oneDNN while it is loaded, before it has looked at TF_CPP_MIN_LOG_LEVEL. The
// addon is linked with `-z initfirst`, so this constructor runs before those of the libraries.
#include <cstdlib>

#if __has_include("absl/log/globals.h")
#include "absl/log/globals.h"

namespace {

__attribute__((constructor)) void ApplyLogLevel() {
  if (const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL")) {
    absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(std::atoi(level)));
  }
}

}  // namespace
#endif
