#include "cli/stop_on_signal.hpp"

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "cli/command.hpp"

namespace cli {

StopOnSignal::StopOnSignal(analysis::Language language)
    : signals_(context_, SIGINT, SIGTERM, SIGUSR1) {
  signals_.async_wait([this, language](const boost::system::error_code& error, int) {
    if (error) return;
    stop_ = true;
    // Whoever comes next need not wait for the message to get through.
    signals_.async_wait([](const boost::system::error_code& second, int) {
      if (!second) std::_Exit(static_cast<int>(Exit::interrupted));
    });
    std::cerr << '\n'
              << tell(language, {"stopping, and keeping what is done; once more leaves at once",
                                 "arrêt, ce qui est fait est gardé ; encore une fois : sortie "
                                 "immédiate"})
              << std::endl;
  });
  thread_ = std::thread([this] { context_.run(); });
}

StopOnSignal::~StopOnSignal() {
  context_.stop();
  thread_.join();
}

}  // namespace cli
