/// A desk that calls its reminders off, stops for the night and goes on in another engine.
///
/// Letters come at random. The desk schedules a reminder an hour after each, and calls it off if it
/// has answered before. Prints the first events, and shows that a run in two
/// parts, with a snapshot between them, leaves the bytes of one run.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <pdes/calendar_event_set.hpp>
#include <pdes/heap_event_set.hpp>
#include <pdes/sample.hpp>
#include <pdes/sequential_engine.hpp>
#include <pdes/snapshot.hpp>
#include <pdes/stream.hpp>
#include <pdes/trace_observer.hpp>
#include <vector>

using pdes::Duration;
using pdes::Time;

enum class Happening : std::uint32_t { letter, answer, reminder };

std::ostream& operator<<(std::ostream& out, Happening happening) {
  constexpr const char* names[] = {"letter", "answer", "reminder"};
  return out << names[static_cast<int>(happening)];
}

class Desk {
 public:
  using Payload = Happening;
  using Context = pdes::Context<Happening>;

  void start(Context& context) { await_letter(context); }

  void handle(Happening happening, Context& context) {
    switch (happening) {
      case Happening::letter:
        reminder_ = context.schedule(Duration{60}, Happening::reminder);
        context.schedule(draw(1, 40), Happening::answer);
        break;
      case Happening::answer:
        context.cancel(reminder_);  // nothing happens if it has come already
        ++answered_;
        await_letter(context);
        break;
      case Happening::reminder:
        ++reminders_;
        break;
    }
  }

  void save(pdes::StateWriter& to) const {
    to.write(answered_, reminders_);
    to.write(reminder_.at, reminder_.priority, reminder_.source, reminder_.sequence);
  }
  void load(pdes::StateReader& from) {
    from.read(answered_, reminders_);
    from.read(reminder_.at, reminder_.priority, reminder_.source, reminder_.sequence);
  }

  std::uint32_t answered() const { return answered_; }
  std::uint32_t reminders() const { return reminders_; }

 private:
  void await_letter(Context& context) { context.schedule(draw(0, 100), Happening::letter); }

  Duration draw(std::uint32_t decision, double mean) const {
    pdes::Stream stream({.seed = 6, .decision = decision, .entity = answered_});
    return {std::llround(mean * pdes::unit_exponential(stream))};
  }

  std::uint32_t answered_ = 0, reminders_ = 0;
  pdes::EventKey reminder_;
};

int main() {
  using Trace = pdes::TraceObserver<Happening>;
  const Time night{50'000}, end{100'000};

  pdes::SequentialEngine<Desk, pdes::HeapEventSet, Trace> engine({Desk()}, {}, {},
                                                                 Trace(std::cout, 8));
  engine.run(night);
  const auto bytes = pdes::to_bytes(engine.state());
  engine.run(end);

  pdes::SequentialEngine<Desk, pdes::CalendarEventSet> resumed(
      pdes::from_bytes(bytes, std::vector{Desk()}));
  resumed.run(end);

  const Desk& desk = resumed.processes().front();
  std::cout.flush();
  std::printf("%u letters answered, %u after a reminder\n", desk.answered(), desk.reminders());
  std::printf(
      "a snapshot of %zu bytes; resumed and uninterrupted runs are %s\n", bytes.size(),
      pdes::to_bytes(resumed.state()) == pdes::to_bytes(engine.state()) ? "equal" : "different");
}
