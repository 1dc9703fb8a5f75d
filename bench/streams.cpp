/// What a draw costs: opening a stream, each sampler, and the functions under them next to the C
/// library's. One iteration is one draw unless the name says otherwise; every draw that stands for
/// an event's opens its own stream, as a model does.

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "pdes/portable_math.hpp"
#include "pdes/sample.hpp"
#include "pdes/stream.hpp"

namespace {

/// The first `draws` uniforms of a stream that is opened for them.
template <int draws>
void fresh_stream(benchmark::State& state) {
  std::uint64_t entity = 0;
  for (auto _ : state) {
    pdes::Stream stream({.seed = 1, .decision = 7, .entity = entity++ & 0xFFFF'FFFFu});
    double sum = 0;
    for (int draw = 0; draw < draws; ++draw) sum += stream.uniform();
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(fresh_stream<1>);
BENCHMARK(fresh_stream<2>);
BENCHMARK(fresh_stream<3>);
BENCHMARK(fresh_stream<8>);

/// One draw after the other from one stream.
void long_stream(benchmark::State& state) {
  pdes::Stream stream(pdes::StreamKey{});
  int drawn = 0;
  for (auto _ : state) {
    if (++drawn == 131'070) {
      stream = pdes::Stream(pdes::StreamKey{});
      drawn = 0;
    }
    benchmark::DoNotOptimize(stream.uniform());
  }
}
BENCHMARK(long_stream);

/// One draw of a law from each entity's own stream.
template <class Sampler>
void sample(benchmark::State& state, Sampler sampler) {
  std::uint64_t entity = 0;
  for (auto _ : state) {
    pdes::Stream stream({.seed = 1, .decision = 7, .entity = entity++ & 0xFFFF'FFFFu});
    benchmark::DoNotOptimize(sampler(stream));
  }
}

const std::vector<double> twelve_weights{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
const pdes::AliasTable alias(twelve_weights);

/// Parameters that no compiler can compute with beforehand.
volatile double two_and_a_half = 2.5, three = 3, thousand = 1000;

using pdes::Stream;
BENCHMARK_CAPTURE(sample, unit_exponential, [](Stream& s) { return pdes::unit_exponential(s); });
BENCHMARK_CAPTURE(sample, bernoulli, [](Stream& s) { return pdes::bernoulli(s, 0.3); });
BENCHMARK_CAPTURE(sample, categorical_of_12,
                  [](Stream& s) { return pdes::categorical(s.uniform(), twelve_weights); });
BENCHMARK_CAPTURE(sample, alias_of_12, [](Stream& s) { return alias(s.uniform()); });
BENCHMARK_CAPTURE(sample, normal, [](Stream& s) { return pdes::normal_quantile(s.uniform()); });
BENCHMARK_CAPTURE(sample, lognormal, [](Stream& s) { return pdes::lognormal(s, 3, 0.5); });
BENCHMARK_CAPTURE(sample, erlang_of_3, [](Stream& s) { return pdes::erlang(s, 3, 1); });
BENCHMARK_CAPTURE(sample, gamma_2_5, [](Stream& s) { return pdes::gamma(s, two_and_a_half, 1); });
BENCHMARK_CAPTURE(sample, poisson_3, [](Stream& s) { return pdes::poisson(s, three); });
BENCHMARK_CAPTURE(sample, poisson_1000, [](Stream& s) { return pdes::poisson(s, thousand); });

/// Draws by the batch next to the same draws one by one; the argument is the size of a batch, and
/// `per_draw` what one of them costs.
template <class Fill>
void batch(benchmark::State& state, Fill fill) {
  std::vector<double> draws(static_cast<std::size_t>(state.range(0)));
  pdes::StreamKey key{.seed = 1, .decision = 7};
  for (auto _ : state) {
    fill(key, std::span(draws));
    benchmark::ClobberMemory();
    key.entity = (key.entity + draws.size()) & 0x7FFF'FFFFu;
  }
  const double drawn = static_cast<double>(state.iterations()) * static_cast<double>(draws.size());
  state.counters["per_draw"] =
      benchmark::Counter(drawn, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

using Key = const pdes::StreamKey&;
using Draws = std::span<double>;

void stream_uniforms_singly(Key key, Draws draws) {
  pdes::Stream stream(key);
  for (double& draw : draws) draw = stream.uniform();
}
void stream_uniforms_filled(Key key, Draws draws) { pdes::Stream(key).fill(draws); }
void stream_exponentials_singly(Key key, Draws draws) {
  pdes::Stream stream(key);
  for (double& draw : draws) draw = pdes::unit_exponential(stream);
}
void stream_exponentials_filled(Key key, Draws draws) {
  pdes::Stream(key).fill(draws);
  pdes::unit_exponentials(draws);
}
/// Of consecutive entities, the first draw of each.
void exponentials_of_entities(pdes::StreamKey key, Draws draws) {
  for (double& draw : draws) {
    pdes::Stream stream(key);
    draw = pdes::unit_exponential(stream);
    ++key.entity;
  }
}

void batches(benchmark::internal::Benchmark* bench) {
  for (const int size : {4, 16, 64, 1024}) bench->Arg(size);
}
BENCHMARK_CAPTURE(batch, stream_uniforms_singly, stream_uniforms_singly)->Apply(batches);
BENCHMARK_CAPTURE(batch, stream_uniforms_filled, stream_uniforms_filled)->Apply(batches);
BENCHMARK_CAPTURE(batch, stream_exponentials_singly, stream_exponentials_singly)->Apply(batches);
BENCHMARK_CAPTURE(batch, stream_exponentials_filled, stream_exponentials_filled)->Apply(batches);
BENCHMARK_CAPTURE(batch, exponentials_of_entities, exponentials_of_entities)->Apply(batches);

/// A function over arguments prepared beforehand.
template <class Function>
void function(benchmark::State& state, double low, double high, Function f) {
  std::array<double, 1024> arguments;
  pdes::Stream stream({.seed = 2});
  for (double& x : arguments) x = pdes::uniform(stream, low, high);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(f(arguments[next++ % arguments.size()]));
}

namespace portable = pdes::portable;
BENCHMARK_CAPTURE(function, portable_log, 0, 1, [](double x) { return portable::log(x); });
BENCHMARK_CAPTURE(function, std_log, 0, 1, [](double x) { return std::log(x); });
BENCHMARK_CAPTURE(function, portable_exp, -3, 3, [](double x) { return portable::exp(x); });
BENCHMARK_CAPTURE(function, std_exp, -3, 3, [](double x) { return std::exp(x); });
BENCHMARK_CAPTURE(function, portable_pow, 0.5, 2, [](double x) { return portable::pow(x, 1.7); });
BENCHMARK_CAPTURE(function, std_pow, 0.5, 2, [](double x) { return std::pow(x, 1.7); });
BENCHMARK_CAPTURE(function, portable_cos, -3, 3, [](double x) { return portable::cos(x); });
BENCHMARK_CAPTURE(function, std_cos, -3, 3, [](double x) { return std::cos(x); });

}  // namespace

BENCHMARK_MAIN();
