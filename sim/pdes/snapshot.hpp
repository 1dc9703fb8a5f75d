/// An engine's state as bytes and back: to stop a run today and go on tomorrow, elsewhere, with
/// another engine.
///
/// The bytes are a function of the state alone: engines, threads, groups and sets of pending events
/// that leave the same state leave the same bytes. Random streams need no saving: they have names
/// and no state.
///
///     write_snapshot("town.snapshot", engine.state());
///     ...
///     ParallelEngine<Town> engine(read_snapshot("town.snapshot", make_towns()), lookahead);
///
/// The format, little endian, without padding:
///
///     8 bytes  "pdes\r\n\x1A\n"; a transfer as text would change its end
///     u64      version of the format
///     u64      length of all the bytes
///     u64 u64  size of a payload (0 if it is empty) and of a process in memory
///     u64 u64  number of processes and of pending events
///     i64      the clock
///     u8       1 if the processes have been started, else 0
///     u64      events executed
///     u64      for each process: events that it has sent
///     u64, ... for each process: length of its state, then its state
///     ...      for each pending event, in key order: i64 at, i16 priority, u64 sequence,
///              u32 source, u32 target, payload
///     u64      CRC-64 of everything before
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "pdes/engine_state.hpp"
#include "pdes/event.hpp"
#include "pdes/process.hpp"

namespace pdes {

static_assert(std::endian::native == std::endian::little, "snapshots are little endian");

/// A snapshot that cannot be written or read, in a sentence that says why and what to do.
struct SnapshotError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class StateWriter;
class StateReader;

/// A type that says itself what it is made of:
///
///     void save(StateWriter& to) const { to.write(hash_, handled_); }
///     void load(StateReader& from) { from.read(hash_, handled_); }
template <class T>
concept SavesItself = requires(const T& saved, T& loaded, StateWriter& to, StateReader& from) {
  saved.save(to);
  loaded.load(from);
};

/// A type whose bytes are its value: integers, enums, structs of those without padding.
template <class T>
concept SavedAsBytes = std::is_trivially_copyable_v<T> &&
                       std::has_unique_object_representations_v<T> && !std::is_pointer_v<T> &&
                       !std::is_member_pointer_v<T> && !SavesItself<T>;

/// `std::vector`, `std::deque`, `std::string` and their like.
template <class T>
concept SavedInSequence = !SavesItself<T> && requires(T & values, typename T::value_type value) {
  values.clear();
  values.push_back(value);
  values.size();
};

/// Turns values into bytes. Knows integers, enums, floating-point numbers (their bits), structs of
/// integers without padding, `std::optional`, `variant`, `pair`, `array`, `string`, `vector`,
/// `deque` and `map` of what it knows, and types that save themselves. A struct must not hold
/// pointers: they mean nothing in another run, and cannot be seen from here.
class StateWriter {
 public:
  template <class... Values>
  void write(const Values&... values) {
    (put(values), ...);
  }

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  template <LogicalProcess P>
  friend std::vector<std::byte> to_bytes(const EngineState<P>& state);

  void append(const void* data, std::size_t size) {
    const auto* first = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), first, first + size);
  }
  /// Writes in a place that was left for it.
  void replace(std::size_t place, std::uint64_t value) {
    std::memcpy(bytes_.data() + place, &value, sizeof value);
  }

  template <class T>
  void put(const T& value) {
    if constexpr (SavesItself<T>) {
      value.save(*this);
    } else if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double> || SavedAsBytes<T>) {
      append(&value, sizeof value);
    } else {
      static_assert(std::is_empty_v<T>,
                    "this type has padding or pointers, or is not known here: give it "
                    "`void save(StateWriter&) const` and `void load(StateReader&)`");
    }
  }
  template <SavedInSequence T>
  void put(const T& values) {
    using Value = typename T::value_type;
    write(std::uint64_t{values.size()});
    if constexpr (SavedAsBytes<Value> && requires { values.data(); }) {
      append(values.data(), values.size() * sizeof(Value));
    } else {
      for (const Value& value : values) write(value);
    }
  }
  template <class T, std::size_t n>
  void put(const std::array<T, n>& values) {
    for (const T& value : values) write(value);
  }
  template <class A, class B>
  void put(const std::pair<A, B>& both) {
    write(both.first, both.second);
  }
  template <class T>
  void put(const std::optional<T>& value) {
    write(value.has_value());
    if (value) write(*value);
  }
  template <class... T>
  void put(const std::variant<T...>& value) {
    write(std::uint64_t{value.index()});
    std::visit([this](const auto& alternative) { this->write(alternative); }, value);
  }
  template <class K, class V>
  void put(const std::map<K, V>& entries) {
    write(std::uint64_t{entries.size()});
    for (const auto& entry : entries) write(entry.first, entry.second);
  }

  std::vector<std::byte> bytes_;
};

/// Turns bytes into the values that a `StateWriter` made them of. Throws `SnapshotError` if more is
/// asked for than was written.
class StateReader {
 public:
  explicit StateReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  template <class... Values>
  void read(Values&... values) {
    (get(values), ...);
  }

  /// Takes the next bytes as they are.
  std::span<const std::byte> take(std::uint64_t size) {
    if (size > bytes_.size()) {
      throw SnapshotError(
          "a load asks for more than its save wrote: let both name the same members in the same "
          "order");
    }
    const auto taken = bytes_.first(static_cast<std::size_t>(size));
    bytes_ = bytes_.subspan(taken.size());
    return taken;
  }

  /// Bytes that nobody has asked for yet.
  std::size_t left() const { return bytes_.size(); }

 private:
  template <class T>
  T next() {
    T value{};
    read(value);
    return value;
  }

  template <class T>
  void get(T& value) {
    if constexpr (SavesItself<T>) {
      value.load(*this);
    } else if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double> || SavedAsBytes<T>) {
      std::memcpy(&value, take(sizeof value).data(), sizeof value);
    } else {
      static_assert(std::is_empty_v<T>, "this type is not known here: see StateWriter");
    }
  }
  template <SavedInSequence T>
  void get(T& values) {
    using Value = typename T::value_type;
    const auto size = next<std::uint64_t>();
    values.clear();
    if constexpr (SavedAsBytes<Value> && requires { values.data(); }) {
      if (size > left()) take(size);  // throws
      const auto bytes = take(size * sizeof(Value));
      values.resize(static_cast<std::size_t>(size));
      if (size > 0) std::memcpy(values.data(), bytes.data(), bytes.size());
    } else {
      for (std::uint64_t i = 0; i < size; ++i) values.push_back(next<Value>());
    }
  }
  template <class T, std::size_t n>
  void get(std::array<T, n>& values) {
    for (T& value : values) read(value);
  }
  template <class A, class B>
  void get(std::pair<A, B>& both) {
    read(both.first, both.second);
  }
  template <class T>
  void get(std::optional<T>& value) {
    value.reset();
    if (next<bool>()) value = next<T>();
  }
  template <class... T>
  void get(std::variant<T...>& value) {
    get_alternative(value, next<std::uint64_t>(), std::index_sequence_for<T...>());
  }
  template <class Variant, std::size_t... i>
  void get_alternative(Variant& value, std::uint64_t index, std::index_sequence<i...>) {
    if (index >= sizeof...(i)) throw SnapshotError("a load meets an alternative that is unknown");
    ((i == index ? read(value.template emplace<i>()) : void()), ...);
  }
  template <class K, class V>
  void get(std::map<K, V>& entries) {
    const auto size = next<std::uint64_t>();
    entries.clear();
    for (std::uint64_t i = 0; i < size; ++i) {
      K key = next<K>();
      entries.emplace_hint(entries.end(), std::move(key), next<V>());
    }
  }

  std::span<const std::byte> bytes_;
};

/// The cyclic redundancy check of ECMA-182 with reflected bits, known as CRC-64/XZ; that of
/// "123456789" is 995DC9BBDF1939FA. It sees every change within 64 bits that follow each other.
inline std::uint64_t crc64(std::span<const std::byte> bytes) {
  static constexpr auto table = [] {
    std::array<std::uint64_t, 256> remainders{};
    for (std::uint64_t byte = 0; byte < 256; ++byte) {
      std::uint64_t r = byte;
      for (int bit = 0; bit < 8; ++bit) r = r >> 1 ^ (r & 1) * 0xC96C'5795'D787'0F42u;
      remainders[byte] = r;
    }
    return remainders;
  }();
  std::uint64_t r = ~std::uint64_t{0};
  for (const std::byte byte : bytes) {
    r = r >> 8 ^ table[(r ^ std::to_integer<std::uint64_t>(byte)) & 0xFF];
  }
  return ~r;
}

/// How snapshots begin.
struct SnapshotFormat {
  static constexpr std::string_view magic{"pdes\r\n\x1A\n", 8};
  static constexpr std::uint64_t version = 1;
  static constexpr std::size_t place_of_length = 16;
  static constexpr std::size_t least_length = 8 + 7 * 8 + 1 + 8 + 8;
};

/// The state as bytes. Processes say what they are made of (see `SavesItself`), or are it: those
/// with `static constexpr bool saved_as_bytes = true` are copied byte by byte, and must have
/// neither padding, nor floating-point members, nor pointers. A payload that has padding saves
/// itself too. Equal states give equal bytes.
template <LogicalProcess P>
std::vector<std::byte> to_bytes(const EngineState<P>& state);

/// The state that the bytes were made of. `fresh` are the processes as the model makes them at the
/// beginning: each takes from the bytes what `save` wrote, and keeps the rest, such as pointers to
/// data that all share. Throws `SnapshotError` for bytes that are no snapshot, are cut or damaged,
/// or are one of another model.
template <LogicalProcess P>
EngineState<P> from_bytes(std::span<const std::byte> bytes, std::vector<P> fresh);

/// Writes a snapshot to a file. Whatever happens meanwhile, the file is either complete or as it
/// was before: the bytes go to a file next to it, named `path` and ".part", and take its place once
/// they are on the disk. Throws `SnapshotError`.
template <LogicalProcess P>
void write_snapshot(const std::filesystem::path& path, const EngineState<P>& state);

/// Reads a snapshot from a file; see `from_bytes`. Throws `SnapshotError`.
template <LogicalProcess P>
EngineState<P> read_snapshot(const std::filesystem::path& path, std::vector<P> fresh);

// How it is done.

template <class P>
constexpr bool saved_as_bytes() {
  if constexpr (requires { P::saved_as_bytes; }) {
    static_assert(!P::saved_as_bytes || SavedAsBytes<P>,
                  "this process has padding, pointers or floating-point members, or copies itself "
                  "in its own way: give it `save` and `load` instead of `saved_as_bytes`");
    return P::saved_as_bytes;
  } else {
    return false;
  }
}

template <class T>
constexpr std::uint64_t size_in_snapshot = std::is_empty_v<T> ? 0 : sizeof(T);

template <LogicalProcess P>
std::vector<std::byte> to_bytes(const EngineState<P>& state) {
  static_assert(SavesItself<P> || saved_as_bytes<P>(),
                "give the process `void save(StateWriter&) const` and `void load(StateReader&)`");
  StateWriter to;
  to.append(SnapshotFormat::magic.data(), SnapshotFormat::magic.size());
  to.write(SnapshotFormat::version, std::uint64_t{0});  // the length, once it is known
  to.write(size_in_snapshot<typename P::Payload>, size_in_snapshot<P>);
  to.write(std::uint64_t{state.processes.size()}, std::uint64_t{state.pending.size()});
  to.write(state.now, state.started, state.events_executed);
  for (const std::uint64_t sequence : state.sequences) to.write(sequence);
  for (const P& process : state.processes) {
    const std::size_t place = to.bytes_.size();
    to.write(std::uint64_t{0}, process);
    to.replace(place, to.bytes_.size() - place - sizeof(std::uint64_t));
  }
  for (const auto& event : state.pending) {
    const EventKey key = event.key();
    to.write(key.at, key.priority, key.sequence, key.source, event.target, event.payload);
  }
  to.replace(SnapshotFormat::place_of_length, to.bytes_.size() + sizeof(std::uint64_t));
  to.write(crc64(to.bytes_));
  return std::move(to.bytes_);
}

/// Throws unless these are all the bytes of a snapshot, and as they were written.
inline void check_whole(std::span<const std::byte> bytes) {
  constexpr std::string_view magic = SnapshotFormat::magic;
  const std::size_t known = std::min(bytes.size(), magic.size());
  if (bytes.empty() || std::memcmp(bytes.data(), magic.data(), known) != 0) {
    throw SnapshotError("this is not a snapshot: name a file that `write_snapshot` has written");
  }
  const auto number_at = [&](std::size_t place) {
    std::uint64_t number = 0;
    if (place + sizeof number <= bytes.size()) {
      std::memcpy(&number, bytes.data() + place, sizeof number);
    }
    return number;
  };
  const auto cut = [&](const std::string& of) {
    return SnapshotError("the snapshot is truncated after " + std::to_string(bytes.size()) +
                         " bytes" + of + ": copy it again, or go back to an earlier one");
  };
  if (bytes.size() < SnapshotFormat::place_of_length) throw cut("");
  if (const std::uint64_t version = number_at(8); version != SnapshotFormat::version) {
    throw SnapshotError("the snapshot has version " + std::to_string(version) +
                        " of the format, and this program reads version " +
                        std::to_string(SnapshotFormat::version) +
                        ": read it with the program that wrote it");
  }
  const std::uint64_t length = number_at(SnapshotFormat::place_of_length);
  if (bytes.size() < SnapshotFormat::least_length) throw cut("");
  if (bytes.size() < length) throw cut(" of " + std::to_string(length));
  const std::size_t checked = bytes.size() - sizeof(std::uint64_t);
  if (length != bytes.size() || crc64(bytes.first(checked)) != number_at(checked)) {
    throw SnapshotError("the snapshot is damaged: copy it again, or go back to an earlier one");
  }
}

template <LogicalProcess P>
EngineState<P> from_bytes(std::span<const std::byte> bytes, std::vector<P> fresh) {
  static_assert(SavesItself<P> || saved_as_bytes<P>(),
                "give the process `void save(StateWriter&) const` and `void load(StateReader&)`");
  using Payload = typename P::Payload;
  check_whole(bytes);
  StateReader from(bytes.first(bytes.size() - sizeof(std::uint64_t)));
  from.take(SnapshotFormat::place_of_length + sizeof(std::uint64_t));
  const auto require = [&](std::uint64_t here, const char* what, const char* remedy) {
    std::uint64_t there = 0;
    from.read(there);
    if (there != here) {
      throw SnapshotError("the snapshot has " + std::to_string(there) + what +
                          std::to_string(here) + remedy);
    }
  };
  constexpr auto same_model = ": read it with the model that wrote it";
  require(size_in_snapshot<Payload>, " bytes per payload, and this model ", same_model);
  require(size_in_snapshot<P>, " bytes per process, and this model ", same_model);
  require(fresh.size(), " processes, and was given ",
          " to fill: make as many as the model had at the beginning");
  std::uint64_t pending = 0;
  EngineState<P> state{};
  from.read(pending, state.now, state.started, state.events_executed);
  state.sequences.resize(fresh.size());
  for (std::uint64_t& sequence : state.sequences) from.read(sequence);
  state.processes = std::move(fresh);
  for (P& process : state.processes) {
    std::uint64_t length = 0;
    from.read(length);
    StateReader own(from.take(length));
    own.read(process);
    if (own.left() > 0) {
      throw SnapshotError(
          "a process loads less than it has saved: let `save` and `load` name the same members in "
          "the same order");
    }
  }
  for (std::uint64_t i = 0; i < pending; ++i) {
    EventKey key;
    LpId target{};
    Payload payload{};
    from.read(key.at, key.priority, key.sequence, key.source, target, payload);
    state.pending.push_back(make_event(key, target, payload));
  }
  if (from.left() > 0) {
    throw SnapshotError(
        "a payload loads less than it has saved: let `save` and `load` name the same members in "
        "the same order");
  }
  return state;
}

/// An open file; `path` is for errors.
class SnapshotFile {
 public:
  SnapshotFile(std::filesystem::path path, int flags)
      : path_(std::move(path)), descriptor_(::open(path_.c_str(), flags | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0) fail("open");
  }
  SnapshotFile(const SnapshotFile&) = delete;
  SnapshotFile& operator=(const SnapshotFile&) = delete;
  ~SnapshotFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  std::vector<std::byte> read_all() {
    struct ::stat status {};
    if (::fstat(descriptor_, &status) != 0) fail("read");
    std::vector<std::byte> bytes(static_cast<std::size_t>(status.st_size));
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ::ssize_t n = ::read(descriptor_, bytes.data() + done, bytes.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail("read");
      if (n == 0) break;
      done += static_cast<std::size_t>(n);
    }
    bytes.resize(done);
    return bytes;
  }

  void write_all(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ::ssize_t n = ::write(descriptor_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail("write");
      bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
  }

  /// Waits until what was written is on the disk.
  void sync() {
    if (::fsync(descriptor_) != 0) fail("write");
  }

  void close() {
    if (::close(std::exchange(descriptor_, -1)) != 0) fail("write");
  }

 private:
  [[noreturn]] void fail(const char* deed) const {
    throw SnapshotError(std::string("cannot ") + deed + " the snapshot " + path_.string() + ": " +
                        std::generic_category().message(errno));
  }

  std::filesystem::path path_;
  int descriptor_;
};

template <LogicalProcess P>
void write_snapshot(const std::filesystem::path& path, const EngineState<P>& state) {
  const std::vector<std::byte> bytes = to_bytes(state);
  std::filesystem::path part = path;
  part += ".part";
  std::error_code ignored;
  try {
    SnapshotFile file(part, O_WRONLY | O_CREAT | O_TRUNC);
    file.write_all(bytes);
    file.sync();
    file.close();
    std::filesystem::rename(part, path);
    const std::filesystem::path folder = path.parent_path();
    SnapshotFile(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY).sync();  // the new name
  } catch (const std::filesystem::filesystem_error& error) {
    std::filesystem::remove(part, ignored);
    throw SnapshotError("cannot write the snapshot " + path.string() + ": " +
                        error.code().message());
  } catch (...) {
    std::filesystem::remove(part, ignored);
    throw;
  }
}

template <LogicalProcess P>
EngineState<P> read_snapshot(const std::filesystem::path& path, std::vector<P> fresh) {
  const std::vector<std::byte> bytes = SnapshotFile(path, O_RDONLY).read_all();
  try {
    return from_bytes(bytes, std::move(fresh));
  } catch (const SnapshotError& error) {
    throw SnapshotError(path.string() + ": " + error.what());
  }
}

}  // namespace pdes
