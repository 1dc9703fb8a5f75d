#include <fstream>

#include "entries.hpp"
#include "problems.hpp"
#include "record/content_digest.hpp"
#include "record/results_file.hpp"
#include "several_files.hpp"
#include "support/sample_results.hpp"

namespace fuzz {
namespace {

/// A results file as bytes, with what the entry does to it.
class File {
 public:
  explicit File(std::string bytes) : bytes_(std::move(bytes)) {}

  const std::string& bytes() const { return bytes_; }

  /// Puts bytes over those at a position, which wraps around.
  void put(std::size_t position, std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size() && !bytes_.empty(); ++i)
      bytes_[(position + i) % bytes_.size()] = bytes[i];
  }

  void cut(std::size_t size) { bytes_.resize(size % (bytes_.size() + 1)); }

  /// Makes the length and the checksum of the first block right, whatever else it says, over the
  /// content of a sound file: what is forged behind a right checksum is HDF5's to bear, and the
  /// program verifies it in a process of its own (tests/faults/damage.py).
  void make_right(const std::string& sound) {
    const record::UserBlock block{};
    if (bytes_.size() < block.size()) return;
    bytes_.replace(block.size(), std::string::npos, sound, block.size(), std::string::npos);
    const std::uint64_t payload = bytes_.size() - block.size();
    for (std::size_t i = 0; i < 8; ++i)
      bytes_[record::user_block_fields[4].offset + i] =
          static_cast<char>(payload >> (8 * i) & 0xFF);
    constexpr record::UserBlockField checksum = record::user_block_fields[5];
    bytes_.replace(checksum.offset, checksum.bytes, checksum.bytes, '\0');
    record::Hash hash;
    hash.feed(bytes_.data(), bytes_.size());
    const record::Checksum right = hash.result();
    bytes_.replace(checksum.offset, checksum.bytes, reinterpret_cast<const char*>(right.data()),
                   right.size());
  }

 private:
  std::string bytes_;
};

/// Takes numbers and bytes from the front of an input; zeros and nothing where it ends.
class Instructions {
 public:
  explicit Instructions(std::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view take(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::size_t number(std::size_t bytes) {
    std::size_t value = 0;
    for (const char byte : take(bytes)) value = value << 8U | static_cast<unsigned char>(byte);
    return value;
  }

 private:
  std::string_view rest_;
};

std::string contents(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The file that an input asks for.
std::string file_of(std::string_view input, const std::string& sample) {
  enum : unsigned { is_right = 1, is_whole_file = 2, is_cut = 4 };
  Instructions instructions(input);
  const std::size_t flags = instructions.number(1);
  const bool whole = (flags & is_whole_file) != 0;
  File file(whole ? std::string(instructions.take(input.size())) : sample);
  if ((flags & is_cut) != 0) file.cut(instructions.number(3));
  while (!instructions.at_end()) {
    const std::size_t position = instructions.number(3);
    file.put(position, instructions.take(instructions.number(1)));
  }
  if ((flags & is_right) != 0) file.make_right(sample);
  return file.bytes();
}

/// Runs a step that may find the file damaged; whether it did.
template <class Step>
bool finds_damage(const Step& step) {
  try {
    step();
  } catch (const record::DamagedFile& damage) {
    require(!damage.problem().empty() && !damage.remedy().empty(), "damage without a word");
    return true;
  }
  return false;
}

}  // namespace

void read_as_results(std::string_view bytes) {
  static const Folder folder;
  static const std::filesystem::path path = folder / "results.h5";
  static const std::string sample = [] {
    record::write_results(path, support::sample_results(1, 2));
    return contents(path);
  }();
  folder.put({{"results.h5", file_of(bytes, sample)}}, {"results.h5"});

  const bool has_no_header = finds_damage([&] { record::read_header(path); });
  const record::Verification verification = record::verify(path);
  require(verification.whole || !verification.problem.empty(), "a file is damaged without a word");
  require(!has_no_header || !verification.whole, "a file is whole although its header is damaged");
  if (has_no_header) return;
  finds_damage([&] {
    const record::Results results = record::read_results(path);
    require(verification.whole, "a file that is read is not whole to verify");
    require(record::content_digest(results) == verification.digest,
            "what is read has another digest than what is verified");
  });
}

}  // namespace fuzz
