// Compiled into the addon besides the sources of @tensorflow/tfjs-node, which hand over to an attribute of an operation
// a list of numbers, but none of strings or types: fused operations want both. The addon is linked with `--wrap` for the
// two functions below, so its calls of them come here. Where the attribute is a list, a string is divided at its commas,
// and a type is the only one.
#include <cstddef>
#include <vector>

#include "tensorflow/c/eager/c_api.h"

extern "C" {

void __real_TFE_OpSetAttrString(TFE_Op* op, const char* name, const void* value, size_t length);
void __real_TFE_OpSetAttrType(TFE_Op* op, const char* name, TF_DataType value);

static bool IsList(TFE_Op* op, const char* name) {
  unsigned char is_list = 0;
  TF_Status* status = TF_NewStatus();
  // An attribute that the operation does not have stays 0: it is TensorFlow's to refuse.
  TFE_OpGetAttrType(op, name, &is_list, status);
  TF_DeleteStatus(status);
  return is_list != 0;
}

void __wrap_TFE_OpSetAttrString(TFE_Op* op, const char* name, const void* value, size_t length) {
  if (!IsList(op, name)) {
    __real_TFE_OpSetAttrString(op, name, value, length);
    return;
  }
  const char* text = static_cast<const char*>(value);
  std::vector<const void*> parts;
  std::vector<size_t> lengths;
  size_t start = 0;
  for (size_t end = 0; end <= length; ++end) {
    if (end < length && text[end] != ',') continue;
    parts.push_back(text + start);
    lengths.push_back(end - start);
    start = end + 1;
  }
  TFE_OpSetAttrStringList(op, name, parts.data(), lengths.data(), static_cast<int>(parts.size()));
}

void __wrap_TFE_OpSetAttrType(TFE_Op* op, const char* name, TF_DataType value) {
  if (IsList(op, name)) {
    TFE_OpSetAttrTypeList(op, name, &value, 1);
  } else {
    __real_TFE_OpSetAttrType(op, name, value);
  }
}

}  // extern "C"
