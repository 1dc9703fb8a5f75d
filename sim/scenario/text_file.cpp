#include "scenario/text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>

#include "scenario/errors.hpp"
#include "scenario/suggest.hpp"

namespace scenario {
namespace {

namespace fs = std::filesystem;

std::string in_mebibytes(std::size_t bytes) {
  return fmt::format("{:.4g} MiB", static_cast<double>(bytes) / (1024.0 * 1024.0));
}

[[noreturn]] void refuse_size(const std::string& name, std::size_t bytes, std::size_t most_bytes) {
  throw Invalid({{name, 0, 0,
                  fmt::format("holds {} (must be at most {}: this is another kind of file)",
                              in_mebibytes(bytes), in_mebibytes(most_bytes))}});
}

/// The names in the same folder that look like the one asked for.
std::string similar_files(const fs::path& file) {
  std::vector<std::string> names;
  std::error_code ignored;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
       entry.increment(ignored))
    if (entry->path().extension() == file.extension())
      names.push_back(entry->path().filename().string());
  return did_you_mean(file.filename().string(), names);
}

/// The length in bytes of the UTF-8 character at the start of the text; 0 if there is none there.
/// (Unicode, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.)
std::size_t character_length(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first < 0xC2   ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || text.size() < length) return 0;
  const unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  return length;
}

/// Throws `Invalid` at the first byte that is no UTF-8 text.
void check_utf8(const std::string& name, std::string_view text) {
  int line = 1;
  int column = 1;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\0')
      throw Invalid({{name, line, column,
                      "holds a zero byte (must be plain text in UTF-8: this is a binary file, or "
                      "text saved as UTF-16)"}});
    const std::size_t length = character_length(text.substr(i));
    if (length == 0)
      throw Invalid({{name, line, column,
                      fmt::format("holds the byte 0x{:02X} (must be plain text in UTF-8: save the "
                                  "file again with this encoding)",
                                  static_cast<unsigned char>(text[i]))}});
    const bool line_ends = text[i] == '\n';
    line += line_ends ? 1 : 0;
    column = line_ends ? 1 : column + 1;
    i += length;
  }
}

}  // namespace

std::string read_text_file(const fs::path& file, std::size_t most_bytes) {
  const std::string name = file.string();
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found)
    throw InputMissing(name + ": there is no such file" + similar_files(file));
  if (status.type() == fs::file_type::none)
    throw InputMissing(name + ": cannot be read (" + error.message() + ")");
  if (fs::is_directory(status))
    throw InputMissing(name + ": is a folder (must be a file: name one that is in it)");
  if (fs::is_regular_file(status)) {
    const auto bytes = fs::file_size(file, error);
    if (!error && bytes > most_bytes) refuse_size(name, bytes, most_bytes);
  }

  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw InputMissing(name + ": cannot be opened (" + std::strerror(errno) + ")");
  std::string text;
  constexpr std::size_t step = 1 << 16;
  while (stream && text.size() <= most_bytes) {  // a pipe has no size: count while reading
    const std::size_t before = text.size();
    text.resize(before + step);
    stream.read(text.data() + before, step);
    text.resize(before + static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) throw InputMissing(name + ": cannot be read (" + std::strerror(errno) + ")");
  if (text.size() > most_bytes) refuse_size(name, text.size(), most_bytes);

  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.compare(0, byte_order_mark.size(), byte_order_mark) == 0)
    text.erase(0, byte_order_mark.size());
  check_utf8(name, text);
  return text;
}

}  // namespace scenario
