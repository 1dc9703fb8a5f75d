/// What ThreadSanitizer has to be told of oneTBB.
#pragma once

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PDES_THREAD_SANITIZER
#endif
#elif defined(__SANITIZE_THREAD__)
#define PDES_THREAD_SANITIZER
#endif

#ifdef PDES_THREAD_SANITIZER
extern "C" void __tsan_release(void* edge);
extern "C" void __tsan_acquire(void* edge);
#endif

namespace pdes {

/// An edge of the relation "happens before": what comes before `begin` in one thread comes before
/// what follows `end` in another. ThreadSanitizer sees the edges of atomics and locks by itself,
/// but not those of a library that is compiled without it, such as oneTBB. An edge orders nothing:
/// it only says what the library guarantees, and in other builds it says nothing at all.
class HappensBefore {
 public:
#ifdef PDES_THREAD_SANITIZER
  void begin() { __tsan_release(this); }
  void end() { __tsan_acquire(this); }
#else
  void begin() {}
  void end() {}
#endif
};

}  // namespace pdes
