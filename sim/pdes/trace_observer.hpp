/// A readable log of the first events of a run, to see what a model does.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "pdes/event.hpp"
#include "pdes/observer.hpp"

namespace pdes {

/// Writes the first events of a run to a stream, one per line, in the order in which the sequential
/// engine executes them: the text is the same for every engine and every number of threads. The
/// payload has a column if it can be printed with `<<`.
///
///     TraceObserver<Happening> trace(std::cout, 20);
///     ParallelEngine<Queue, CalendarEventSet, decltype(trace)> engine(queues, lookahead, {},
///     trace);
///
/// Lines are written when a window closes (a sequential run is one window), and those that are left
/// when the last copy of the observer is destroyed, so that a run that ended with an exception is
/// shown up to it. Requires a stream that lives as long. Copies write to the same log.
template <class Payload>
class TraceObserver {
 public:
  /// Writes `events` lines at most, after one with the names of the columns.
  TraceObserver(std::ostream& out, std::size_t events) : log_(std::make_shared<Log>(out, events)) {}

  void event_executed(std::size_t group, const Event<Payload>& event) { log_->note(group, event); }
  void window_closed(const WindowReport&) { log_->write(); }

 private:
  struct Line {
    EventKey reached;  ///< the greatest key so far in its group
    Event<Payload> event;
  };

  static constexpr bool printable = requires(std::ostream & out, const Payload& payload) {
    out << payload;
  };

  class Log {
   public:
    Log(std::ostream& out, std::size_t events) : out_(out), left_(events) {
      out_ << pad("time", 12) << pad("target", 10) << pad("source", 10) << pad("priority", 10)
           << pad("sequence", 10) << (printable ? "  payload\n" : "\n");
    }
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;
    ~Log() { write(); }

    /// Threads note side by side. Of each group no more is kept than could be written.
    void note(std::size_t group, const Event<Payload>& event) {
      if (left_ == 0) return;
      const std::lock_guard lock(mutex_);
      std::vector<Line>& lines = lines_[group];
      if (lines.size() == left_) return;
      const EventKey key = event.key();
      lines.push_back({lines.empty() ? key : std::max(key, lines.back().reached), event});
    }

    /// One loop over all processes goes from group to group by their least keys. An event without
    /// delay may have a lesser key than its cause, and follows it at once, hence `reached`.
    void write() {
      std::vector<Line> all;
      for (const auto& entry : lines_) {
        all.insert(all.end(), entry.second.begin(), entry.second.end());
      }
      lines_.clear();
      std::stable_sort(all.begin(), all.end(),
                       [](const Line& a, const Line& b) { return a.reached < b.reached; });
      for (const Line& line : all) {
        if (left_ == 0) break;
        --left_;
        write(line.event);
      }
    }

   private:
    static std::string pad(const std::string& text, std::size_t width) {
      return std::string(width - std::min(width - 1, text.size()), ' ') + text;
    }
    template <class Number>
    static std::string pad_number(Number number, std::size_t width) {
      return pad(std::to_string(number), width);
    }

    void write(const Event<Payload>& event) {
      const EventKey key = event.key();
      out_ << pad_number(key.at.ticks, 12)
           << pad_number(static_cast<std::uint32_t>(event.target), 10)
           << pad_number(static_cast<std::uint32_t>(key.source), 10) << pad_number(key.priority, 10)
           << pad_number(key.sequence, 10);
      if constexpr (printable) out_ << "  " << event.payload;
      out_ << '\n';
    }

    std::ostream& out_;
    std::size_t left_;  ///< lines that may still be written
    std::mutex mutex_;
    std::map<std::size_t, std::vector<Line>> lines_;  ///< of this window, by group
  };

  std::shared_ptr<Log> log_;
};

}  // namespace pdes
