// Matrix products of quantised weights for WASM SIMD.
//
// ggml's own path multiplies one row by one token at a time and unpacks the row again for every
// token. Here every block of 32 weights, whatever its type, is unpacked once to 16-bit integers
// with y = scale * q + offset, eight rows at a time, interleaved so that one
// i32x4.dot_i16x8_s adds two products for each of four rows; that panel then meets all tokens,
// four at a time. A few tokens (decoding) are not worth a panel: they meet each block as it is
// unpacked.
//
// Activations are quantised to 12 bits a block of 32 (ggml: 8 bits): i16 x i16 costs the same for
// either. The largest sum: 4096 (a q6_K weight times its group's scale) * 2047 * 32 < 2^31.

#define GGML_COMMON_DECL_C
#include "ggml-common.h"

#include "wasm-panel.h"
#include "simd-mappings.h"

#if defined(__wasm_simd128__)

#include <wasm_simd128.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace {

constexpr int BLOCK = 32;          // weights that share a scale
constexpr int ROWS = 8;            // rows of a panel
constexpr int TOKENS = 4;          // tokens a panel meets at once
constexpr int FEW = 3;             // up to here tokens meet the rows without a panel
constexpr int GROUPS_PER_CHUNK = 4; // row groups a thread takes at once
constexpr float ACTIVATION_MAX = 2047.0f;

/** 32 weights, in order. */
struct unpacked {
    v128_t q[4]; // i16x8
    float scale;
    float offset;
};

inline v128_t low(v128_t bytes) { return wasm_i16x8_extend_low_i8x16(bytes); }
inline v128_t high(v128_t bytes) { return wasm_i16x8_extend_high_i8x16(bytes); }

inline void spread(unpacked & out, v128_t first, v128_t second) {
    out.q[0] = low(first);
    out.q[1] = high(first);
    out.q[2] = low(second);
    out.q[3] = high(second);
}

/** 0xff where bit i of `bits` is set, for i = 0..15. */
inline v128_t mask_of(v128_t bits, bool upper) {
    const v128_t which = upper ? wasm_i8x16_const(2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3)
                               : wasm_i8x16_const(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    const v128_t bit = wasm_u8x16_const(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128);
    return wasm_i8x16_eq(wasm_v128_and(wasm_i8x16_swizzle(bits, which), bit), bit);
}

/** Bits 5 of 32 weights, as bytes of 0 or 16. */
inline void fifth_bits(const uint8_t * qh, v128_t & first, v128_t & second) {
    const v128_t bits = wasm_v128_load32_splat(qh);
    const v128_t sixteen = wasm_i8x16_const_splat(16);
    first = wasm_v128_and(mask_of(bits, false), sixteen);
    second = wasm_v128_and(mask_of(bits, true), sixteen);
}

inline void nibbles(const uint8_t * qs, v128_t & first, v128_t & second) {
    const v128_t packed = wasm_v128_load(qs);
    first = wasm_v128_and(packed, wasm_i8x16_const_splat(15));
    second = wasm_u8x16_shr(packed, 4);
}

inline float half(ggml_half value) { return GGML_CPU_FP16_TO_FP32(value); }

/** Blocks of 32 weights that a type packs together: 8 in a k-quant. */
constexpr int together(ggml_type type) {
    return type == GGML_TYPE_Q4_K || type == GGML_TYPE_Q5_K || type == GGML_TYPE_Q6_K ? 8 : 1;
}

/** Unpacks the j-th of the blocks packed together as the `index`-th of a row. */
template <ggml_type> void unpack(const void * row, int64_t index, int j, unpacked & out);

template <> inline void unpack<GGML_TYPE_Q8_0>(const void * row, int64_t index, int, unpacked & out) {
    const block_q8_0 & block = static_cast<const block_q8_0 *>(row)[index];
    spread(out, wasm_v128_load(block.qs), wasm_v128_load(block.qs + 16));
    out.scale = half(block.d);
    out.offset = 0;
}

template <> inline void unpack<GGML_TYPE_Q4_0>(const void * row, int64_t index, int, unpacked & out) {
    const block_q4_0 & block = static_cast<const block_q4_0 *>(row)[index];
    v128_t first, second;
    nibbles(block.qs, first, second);
    const v128_t eight = wasm_i8x16_const_splat(8);
    spread(out, wasm_i8x16_sub(first, eight), wasm_i8x16_sub(second, eight));
    out.scale = half(block.d);
    out.offset = 0;
}

template <> inline void unpack<GGML_TYPE_Q4_1>(const void * row, int64_t index, int, unpacked & out) {
    const block_q4_1 & block = static_cast<const block_q4_1 *>(row)[index];
    v128_t first, second;
    nibbles(block.qs, first, second);
    spread(out, first, second);
    out.scale = half(block.d);
    out.offset = half(block.m);
}

template <> inline void unpack<GGML_TYPE_Q5_0>(const void * row, int64_t index, int, unpacked & out) {
    const block_q5_0 & block = static_cast<const block_q5_0 *>(row)[index];
    v128_t first, second;
    nibbles(block.qs, first, second);
    const v128_t bits = wasm_v128_load32_splat(block.qh);
    const v128_t minus = wasm_i8x16_const_splat(-16); // 0xf0: a clear fifth bit means -16
    first = wasm_v128_or(first, wasm_v128_andnot(minus, mask_of(bits, false)));
    second = wasm_v128_or(second, wasm_v128_andnot(minus, mask_of(bits, true)));
    spread(out, first, second);
    out.scale = half(block.d);
    out.offset = 0;
}

template <> inline void unpack<GGML_TYPE_Q5_1>(const void * row, int64_t index, int, unpacked & out) {
    const block_q5_1 & block = static_cast<const block_q5_1 *>(row)[index];
    v128_t first, second, first_bits, second_bits;
    nibbles(block.qs, first, second);
    fifth_bits(block.qh, first_bits, second_bits);
    spread(out, wasm_v128_or(first, first_bits), wasm_v128_or(second, second_bits));
    out.scale = half(block.d);
    out.offset = half(block.m);
}

/** Six-bit scale and minimum of the j-th 32 weights of a k-quant. */
inline void scale_and_min(int j, const uint8_t * packed, int & scale, int & min) {
    if (j < 4) {
        scale = packed[j] & 63;
        min = packed[j + 4] & 63;
    } else {
        scale = (packed[j + 4] & 15) | ((packed[j - 4] >> 6) << 4);
        min = (packed[j + 4] >> 4) | ((packed[j] >> 6) << 4);
    }
}

/** The j-th 32 nibbles: 64 weights lie in 32 bytes, the first 32 of them in the low halves. */
inline void k_nibbles(const uint8_t * qs, int j, v128_t & first, v128_t & second) {
    const uint8_t * bytes = qs + 32 * (j / 2);
    first = wasm_v128_load(bytes);
    second = wasm_v128_load(bytes + 16);
    if (j % 2) {
        first = wasm_u8x16_shr(first, 4);
        second = wasm_u8x16_shr(second, 4);
    } else {
        first = wasm_v128_and(first, wasm_i8x16_const_splat(15));
        second = wasm_v128_and(second, wasm_i8x16_const_splat(15));
    }
}

template <> inline void unpack<GGML_TYPE_Q4_K>(const void * row, int64_t index, int j, unpacked & out) {
    const block_q4_K & block = static_cast<const block_q4_K *>(row)[index];
    v128_t first, second;
    k_nibbles(block.qs, j, first, second);
    spread(out, first, second);
    int scale, min;
    scale_and_min(j, block.scales, scale, min);
    out.scale = half(block.d) * scale;
    out.offset = -half(block.dmin) * min;
}

template <> inline void unpack<GGML_TYPE_Q5_K>(const void * row, int64_t index, int j, unpacked & out) {
    const block_q5_K & block = static_cast<const block_q5_K *>(row)[index];
    v128_t first, second;
    k_nibbles(block.qs, j, first, second);
    const v128_t bit = wasm_u8x16_splat(1 << j);
    const v128_t sixteen = wasm_i8x16_const_splat(16);
    const auto fifth = [&](const uint8_t * qh) {
        return wasm_v128_and(wasm_i8x16_eq(wasm_v128_and(wasm_v128_load(qh), bit), bit), sixteen);
    };
    spread(out, wasm_v128_or(first, fifth(block.qh)), wasm_v128_or(second, fifth(block.qh + 16)));
    int scale, min;
    scale_and_min(j, block.scales, scale, min);
    out.scale = half(block.d) * scale;
    out.offset = -half(block.dmin) * min;
}

template <> inline void unpack<GGML_TYPE_Q6_K>(const void * row, int64_t index, int j, unpacked & out) {
    const block_q6_K & block = static_cast<const block_q6_K *>(row)[index];
    const int part = j % 4;           // of 128
    const uint8_t * ql = block.ql + 64 * (j / 4) + 32 * (part % 2);
    const uint8_t * qh = block.qh + 32 * (j / 4);
    const int8_t * scales = block.scales + 2 * j; // one for 16 weights
    const auto six_bits = [&](int at) {
        const v128_t packed = wasm_v128_load(ql + at);
        const v128_t lower = part < 2 ? wasm_v128_and(packed, wasm_i8x16_const_splat(15)) : wasm_u8x16_shr(packed, 4);
        const v128_t upper = wasm_v128_and(wasm_u8x16_shr(wasm_v128_load(qh + at), 2 * part), wasm_i8x16_const_splat(3));
        return wasm_i8x16_sub(wasm_v128_or(lower, wasm_i8x16_shl(upper, 4)), wasm_i8x16_const_splat(32));
    };
    spread(out, six_bits(0), six_bits(16));
    const v128_t first = wasm_i16x8_splat(scales[0]);
    const v128_t second = wasm_i16x8_splat(scales[1]);
    out.q[0] = wasm_i16x8_mul(out.q[0], first);
    out.q[1] = wasm_i16x8_mul(out.q[1], first);
    out.q[2] = wasm_i16x8_mul(out.q[2], second);
    out.q[3] = wasm_i16x8_mul(out.q[3], second);
    out.scale = half(block.d);
    out.offset = 0;
}

constexpr bool has_offset(ggml_type type) {
    return type == GGML_TYPE_Q4_1 || type == GGML_TYPE_Q5_1 || type == GGML_TYPE_Q4_K || type == GGML_TYPE_Q5_K;
}

/** The quantised activations of all tokens, padded with zeros to whole tiles, in the work buffer. */
struct activations {
    int16_t * q;    // token x k
    float * scale;  // token x block
    float * sum;    // token x block: scale times the sum of q
    int64_t k;
    int64_t blocks;
    int64_t padded; // tokens
};

/** Eight unpacked rows. */
struct panel {
    int16_t * q;    // block x 16 pairs x 8 rows x 2
    float * scale;  // block x 8 rows
    float * offset; // block x 8 rows
};

int64_t padded_tokens(int64_t tokens) {
    return tokens <= FEW ? tokens : (tokens + TOKENS - 1) / TOKENS * TOKENS;
}

size_t activations_size(int64_t k, int64_t padded) {
    return GGML_PAD(padded * (k * sizeof(int16_t) + 2 * (k / BLOCK) * sizeof(float)), 64);
}

size_t panel_size(int64_t k) {
    return GGML_PAD(ROWS * (k * sizeof(int16_t) + 2 * (k / BLOCK) * sizeof(float)), 64);
}

activations activations_at(char * work, int64_t k, int64_t tokens) {
    activations a;
    a.k = k;
    a.blocks = k / BLOCK;
    a.padded = padded_tokens(tokens);
    a.scale = reinterpret_cast<float *>(work);
    a.sum = a.scale + a.padded * a.blocks;
    a.q = reinterpret_cast<int16_t *>(a.sum + a.padded * a.blocks);
    return a;
}

panel panel_at(char * work, int64_t k) {
    panel p;
    p.scale = reinterpret_cast<float *>(work);
    p.offset = p.scale + ROWS * (k / BLOCK);
    p.q = reinterpret_cast<int16_t *>(p.offset + ROWS * (k / BLOCK));
    return p;
}

float largest(v128_t v) {
    return std::max(std::max(wasm_f32x4_extract_lane(v, 0), wasm_f32x4_extract_lane(v, 1)),
                    std::max(wasm_f32x4_extract_lane(v, 2), wasm_f32x4_extract_lane(v, 3)));
}

void quantise_block(const float * x, int16_t * q, float & scale, float & sum) {
    v128_t values[8];
    v128_t most = wasm_f32x4_const_splat(0);
    for (int i = 0; i < 8; i++) {
        values[i] = wasm_v128_load(x + 4 * i);
        most = wasm_f32x4_max(most, wasm_f32x4_abs(values[i]));
    }
    const float max = largest(most);
    const v128_t inverse = wasm_f32x4_splat(max > 0 ? ACTIVATION_MAX / max : 0.0f);
    v128_t total = wasm_i32x4_const_splat(0);
    for (int i = 0; i < 8; i += 2) {
        const v128_t first = wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(wasm_f32x4_mul(values[i], inverse)));
        const v128_t second = wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(wasm_f32x4_mul(values[i + 1], inverse)));
        total = wasm_i32x4_add(total, wasm_i32x4_add(first, second));
        wasm_v128_store(q + 4 * i, wasm_i16x8_narrow_i32x4(first, second));
    }
    scale = max / ACTIVATION_MAX;
    sum = scale * (wasm_i32x4_extract_lane(total, 0) + wasm_i32x4_extract_lane(total, 1) +
                   wasm_i32x4_extract_lane(total, 2) + wasm_i32x4_extract_lane(total, 3));
}

void quantise(const ggml_tensor * src, const activations & a, int ith, int nth) {
    const int64_t tokens = ggml_nrows(src);
    const int64_t count = a.padded * a.blocks;
    for (int64_t i = count * ith / nth; i < count * (ith + 1) / nth; i++) {
        const int64_t token = i / a.blocks;
        int16_t * q = a.q + i * BLOCK;
        if (token < tokens) {
            const float * x = static_cast<const float *>(src->data) + i * BLOCK;
            quantise_block(x, q, a.scale[i], a.sum[i]);
        } else {
            memset(q, 0, BLOCK * sizeof(int16_t));
            a.scale[i] = a.sum[i] = 0;
        }
    }
}

/** Pairs of four rows side by side: r0 k0 k1, r1 k0 k1, r2 k0 k1, r3 k0 k1; eight columns become four vectors, a stride apart. */
inline void interleave(v128_t r0, v128_t r1, v128_t r2, v128_t r3, int16_t * to, int stride) {
    const v128_t a = wasm_i32x4_shuffle(r0, r1, 0, 4, 1, 5);
    const v128_t b = wasm_i32x4_shuffle(r2, r3, 0, 4, 1, 5);
    const v128_t c = wasm_i32x4_shuffle(r0, r1, 2, 6, 3, 7);
    const v128_t d = wasm_i32x4_shuffle(r2, r3, 2, 6, 3, 7);
    wasm_v128_store(to, wasm_i64x2_shuffle(a, b, 0, 2));
    wasm_v128_store(to + stride, wasm_i64x2_shuffle(a, b, 1, 3));
    wasm_v128_store(to + 2 * stride, wasm_i64x2_shuffle(c, d, 0, 2));
    wasm_v128_store(to + 3 * stride, wasm_i64x2_shuffle(c, d, 1, 3));
}

template <ggml_type type>
void fill(const panel & p, const char * rows, size_t stride, int64_t count, int64_t blocks) {
    for (int64_t b = 0; b < blocks; b++) {
        int16_t * q = p.q + b * BLOCK * ROWS;
        for (int half = 0; half < ROWS; half += 4) {
            unpacked u[4];
            for (int r = 0; r < 4; r++) {
                // a last group that is not whole repeats its last row
                unpack<type>(rows + std::min<int64_t>(half + r, count - 1) * stride, b / together(type), b % together(type), u[r]);
                p.scale[b * ROWS + half + r] = u[r].scale;
                p.offset[b * ROWS + half + r] = u[r].offset;
            }
            for (int i = 0; i < 4; i++) {
                interleave(u[0].q[i], u[1].q[i], u[2].q[i], u[3].q[i], q + i * 4 * 2 * ROWS + half * 2, 2 * ROWS);
            }
        }
    }
}

/** Four tokens by the eight rows of a panel; `out` is token x 8 rows. */
template <bool offset> void tile(const panel & p, const activations & a, int64_t token, float * out) {
    v128_t total[TOKENS][2];
    for (auto & each : total) each[0] = each[1] = wasm_f32x4_const_splat(0);
    const int16_t * q[TOKENS];
    for (int t = 0; t < TOKENS; t++) q[t] = a.q + (token + t) * a.k;
    const int16_t * w = p.q;
    for (int64_t b = 0; b < a.blocks; b++) {
        v128_t acc[TOKENS][2];
        for (auto & each : acc) each[0] = each[1] = wasm_i32x4_const_splat(0);
#pragma clang loop unroll_count(4)
        for (int pair = 0; pair < BLOCK / 2; pair++) {
            const v128_t w0 = wasm_v128_load(w);
            const v128_t w1 = wasm_v128_load(w + 8);
            w += 2 * ROWS;
            for (int t = 0; t < TOKENS; t++) {
                const v128_t x = wasm_v128_load32_splat(q[t]);
                q[t] += 2;
                acc[t][0] = wasm_i32x4_add(acc[t][0], wasm_i32x4_dot_i16x8(w0, x));
                acc[t][1] = wasm_i32x4_add(acc[t][1], wasm_i32x4_dot_i16x8(w1, x));
            }
        }
        for (int half = 0; half < 2; half++) {
            const v128_t scale = wasm_v128_load(p.scale + b * ROWS + 4 * half);
            const v128_t off = offset ? wasm_v128_load(p.offset + b * ROWS + 4 * half) : scale;
            for (int t = 0; t < TOKENS; t++) {
                const int64_t at = (token + t) * a.blocks + b;
                const v128_t by = wasm_f32x4_mul(scale, wasm_v128_load32_splat(a.scale + at));
                total[t][half] = wasm_f32x4_add(total[t][half], wasm_f32x4_mul(wasm_f32x4_convert_i32x4(acc[t][half]), by));
                if (offset) {
                    total[t][half] = wasm_f32x4_add(total[t][half], wasm_f32x4_mul(off, wasm_v128_load32_splat(a.sum + at)));
                }
            }
        }
    }
    for (int t = 0; t < TOKENS; t++) {
        wasm_v128_store(out + t * ROWS, total[t][0]);
        wasm_v128_store(out + t * ROWS + 4, total[t][1]);
    }
}

inline float sum(v128_t v) {
    return wasm_f32x4_extract_lane(v, 0) + wasm_f32x4_extract_lane(v, 1) + wasm_f32x4_extract_lane(v, 2) +
           wasm_f32x4_extract_lane(v, 3);
}

/** One row by `tokens` tokens (at most FEW), without a panel. Two rows side by side were slower. */
template <ggml_type type, int tokens>
void row_by_few(const char * row, const activations & a, float * out, int64_t stride) {
    v128_t total[tokens];
    float offset[tokens];
    for (int t = 0; t < tokens; t++) {
        total[t] = wasm_f32x4_const_splat(0);
        offset[t] = 0;
    }
    for (int64_t index = 0; index < a.blocks / together(type); index++) {
#pragma clang loop unroll(full) // so that j is known when unpacking
        for (int j = 0; j < together(type); j++) {
            const int64_t b = index * together(type) + j;
            unpacked u;
            unpack<type>(row, index, j, u);
            for (int t = 0; t < tokens; t++) {
                const int16_t * x = a.q + t * a.k + b * BLOCK;
                const v128_t first = wasm_i32x4_add(wasm_i32x4_dot_i16x8(u.q[0], wasm_v128_load(x)),
                                                    wasm_i32x4_dot_i16x8(u.q[1], wasm_v128_load(x + 8)));
                const v128_t second = wasm_i32x4_add(wasm_i32x4_dot_i16x8(u.q[2], wasm_v128_load(x + 16)),
                                                     wasm_i32x4_dot_i16x8(u.q[3], wasm_v128_load(x + 24)));
                const v128_t products = wasm_f32x4_convert_i32x4(wasm_i32x4_add(first, second));
                const v128_t scale = wasm_f32x4_splat(u.scale * a.scale[t * a.blocks + b]);
                total[t] = wasm_f32x4_add(total[t], wasm_f32x4_mul(products, scale));
                if (has_offset(type)) offset[t] += u.offset * a.sum[t * a.blocks + b];
            }
        }
    }
    for (int t = 0; t < tokens; t++) out[t * stride] = sum(total[t]) + offset[t];
}

struct product {
    const char * weights;
    size_t row_size;
    int64_t rows;
    int64_t tokens;
    float * out; // token x row
};

template <ggml_type type, int tokens>
void rows_by_few(const product & m, const activations & a, int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) row_by_few<type, tokens>(m.weights + r * m.row_size, a, m.out + r, m.rows);
}

template <ggml_type type>
void rows_by_all(const product & m, const activations & a, const panel & p, int64_t from, int64_t to) {
    if (m.tokens == 1) return rows_by_few<type, 1>(m, a, from, to);
    if (m.tokens == 2) return rows_by_few<type, 2>(m, a, from, to);
    if (m.tokens == 3) return rows_by_few<type, 3>(m, a, from, to);
    for (int64_t r = from; r < to; r += ROWS) {
        const int64_t count = std::min<int64_t>(ROWS, to - r);
        fill<type>(p, m.weights + r * m.row_size, m.row_size, count, a.blocks);
        for (int64_t token = 0; token < a.padded; token += TOKENS) {
            float out[TOKENS * ROWS];
            tile<has_offset(type)>(p, a, token, out);
            for (int t = 0; t < TOKENS && token + t < m.tokens; t++) {
                memcpy(m.out + (token + t) * m.rows + r, out + t * ROWS, count * sizeof(float));
            }
        }
    }
}

using Rows = void (*)(const product &, const activations &, const panel &, int64_t, int64_t);

Rows rows_for(ggml_type type) {
    switch (type) {
        case GGML_TYPE_Q4_0: return rows_by_all<GGML_TYPE_Q4_0>;
        case GGML_TYPE_Q4_1: return rows_by_all<GGML_TYPE_Q4_1>;
        case GGML_TYPE_Q5_0: return rows_by_all<GGML_TYPE_Q5_0>;
        case GGML_TYPE_Q5_1: return rows_by_all<GGML_TYPE_Q5_1>;
        case GGML_TYPE_Q8_0: return rows_by_all<GGML_TYPE_Q8_0>;
        case GGML_TYPE_Q4_K: return rows_by_all<GGML_TYPE_Q4_K>;
        case GGML_TYPE_Q5_K: return rows_by_all<GGML_TYPE_Q5_K>;
        case GGML_TYPE_Q6_K: return rows_by_all<GGML_TYPE_Q6_K>;
        default: return nullptr;
    }
}

} // namespace

bool ggml_wasm_panel_supports(const ggml_tensor * dst) {
    const ggml_tensor * weights = dst->src[0];
    const ggml_tensor * x = dst->src[1];
    return dst->op == GGML_OP_MUL_MAT && rows_for(weights->type) && x->type == GGML_TYPE_F32 &&
           ggml_nrows(weights) == weights->ne[1] && ggml_is_contiguous(weights) && ggml_is_contiguous(x) &&
           ggml_is_contiguous(dst);
}

size_t ggml_wasm_panel_work_size(const ggml_tensor * dst, int n_tasks) {
    const ggml_tensor * x = dst->src[1];
    return 64 + activations_size(x->ne[0], padded_tokens(ggml_nrows(x))) + n_tasks * panel_size(x->ne[0]);
}

void ggml_compute_forward_mul_mat_wasm_panel(const ggml_compute_params * params, ggml_tensor * dst) {
    const ggml_tensor * weights = dst->src[0];
    const ggml_tensor * x = dst->src[1];
    const int64_t k = x->ne[0];
    char * work = reinterpret_cast<char *>(GGML_PAD(reinterpret_cast<uintptr_t>(params->wdata), 64));
    const activations a = activations_at(work, k, ggml_nrows(x));
    const panel p = panel_at(work + activations_size(k, a.padded) + params->ith * panel_size(k), k);
    const product m = { static_cast<const char *>(weights->data), weights->nb[1], weights->ne[1], ggml_nrows(x),
                        static_cast<float *>(dst->data) };

    quantise(x, a, params->ith, params->nth);
    if (params->ith == 0) ggml_threadpool_chunk_set(params->threadpool, params->nth);
    ggml_barrier(params->threadpool);

    const Rows rows = rows_for(weights->type);
    const int64_t step = ROWS * GROUPS_PER_CHUNK;
    for (int64_t r = params->ith * step; r < m.rows; r = ggml_threadpool_chunk_add(params->threadpool, 1) * step) {
        rows(m, a, p, r, std::min(r + step, m.rows));
    }
}

#else

bool ggml_wasm_panel_supports(const ggml_tensor *) { return false; }
size_t ggml_wasm_panel_work_size(const ggml_tensor *, int) { return 0; }
void ggml_compute_forward_mul_mat_wasm_panel(const ggml_compute_params *, ggml_tensor *) { GGML_ABORT("no SIMD"); }

#endif
