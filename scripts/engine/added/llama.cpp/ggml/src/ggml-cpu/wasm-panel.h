#pragma once

// Matrix products of quantised weights for WASM SIMD, see wasm-panel.cpp.

#include "ggml.h"
#include "ggml-cpu-impl.h"

#ifdef __cplusplus
extern "C" {
#endif

bool ggml_wasm_panel_supports(const struct ggml_tensor * dst);

// bytes of params->wdata for n_tasks threads
size_t ggml_wasm_panel_work_size(const struct ggml_tensor * dst, int n_tasks);

void ggml_compute_forward_mul_mat_wasm_panel(const struct ggml_compute_params * params, struct ggml_tensor * dst);

#ifdef __cplusplus
}
#endif
