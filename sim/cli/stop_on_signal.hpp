/// SIGINT, SIGTERM and SIGUSR1: the first asks the program to stop, the second leaves at once.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <thread>

#include "analysis/language.hpp"

namespace cli {

/// Listens for signals until the end of the scope.
class StopOnSignal {
 public:
  explicit StopOnSignal(analysis::Language language);
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;
  ~StopOnSignal();

  /// Becomes true with the first signal.
  const std::atomic<bool>& stop() const { return stop_; }

 private:
  boost::asio::io_context context_;
  boost::asio::signal_set signals_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace cli
