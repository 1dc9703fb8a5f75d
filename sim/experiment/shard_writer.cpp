#include "experiment/shard_writer.hpp"

#include <time.h>

#include <optional>
#include <utility>

#include "record/results_file.hpp"

namespace experiment {

double thread_cpu_seconds() {
  ::timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

ShardWriter::ShardWriter(const Experiment& experiment, const ShardFolder& folder, Options options)
    : experiment_(experiment),
      folder_(folder),
      options_(std::move(options)),
      thread_([this] { work(); }) {}

ShardWriter::~ShardWriter() { close(); }

void ShardWriter::put(std::int64_t replication, Replication runs) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return failure_ || waiting_.size() < options_.most_waiting; });
  if (failure_) return;
  waiting_.push_back({replication, std::move(runs)});
  changed_.notify_all();
}

bool ShardWriter::has_failed() const {
  const std::lock_guard lock(mutex_);
  return failure_ != nullptr;
}

void ShardWriter::finish() {
  close();
  if (failure_) std::rethrow_exception(failure_);
}

void ShardWriter::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void ShardWriter::work() try {
  std::unique_lock lock(mutex_);
  while (true) {
    const auto something_to_do = [&] { return closed_ || !waiting_.empty(); };
    bool in_time = true;
    if (present_.empty())
      changed_.wait(lock, something_to_do);
    else
      in_time = changed_.wait_until(lock, begun_ + options_.unsaved_at_most, something_to_do);
    if (in_time && waiting_.empty()) break;  // closed

    std::optional<Numbered> next;
    if (!waiting_.empty()) {
      next = std::move(waiting_.front());
      waiting_.pop_front();
      changed_.notify_all();
    }
    lock.unlock();
    if (next) take(next->replication, std::move(next->runs));
    if (!present_.empty() && Clock::now() >= begun_ + options_.unsaved_at_most) commit();
    if (next && options_.on_replication) options_.on_replication(thread_cpu_seconds());
    lock.lock();
  }
  lock.unlock();
  commit();
} catch (...) {
  const std::lock_guard lock(mutex_);
  failure_ = std::current_exception();
  waiting_.clear();
  changed_.notify_all();
}

void ShardWriter::take(std::int64_t replication, Replication runs) {
  const auto size = static_cast<std::int64_t>(present_.size());
  if (replication != first_ + size) commit();  // a gap
  if (present_.empty()) {
    first_ = replication;
    begun_ = Clock::now();
  }
  present_.push_back(std::move(runs));
  if (static_cast<std::int64_t>(present_.size()) == shard_size) commit();
}

void ShardWriter::commit() {
  if (present_.empty()) return;
  const Replications held{first_, first_ + static_cast<std::int64_t>(present_.size())};
  record::write_results(folder_.file_of(held), experiment_.block(first_, present_));
  present_.clear();
}

}  // namespace experiment
