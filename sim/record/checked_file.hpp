/// Results files as they are read: checked first, and then as far as they are asked for.
#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "record/file_storage.hpp"
#include "record/layout.hpp"
#include "record/user_block.hpp"

namespace record {

/// An open results file whose checksum is right.
class CheckedFile {
 public:
  explicit CheckedFile(const std::filesystem::path& path)
      : path_(path),
        descriptor_(open_checked(path)),
        header_(check_whole(descriptor_, path)),
        storage_(descriptor_, path_) {}

  const Header& header() const { return header_; }

  /// What `read` makes of the content. Throws `DamagedFile` for content that is not ours.
  template <class Read>
  auto content(const Read& read) {
    try {
      const hdf5::Reader file(storage_);
      return read(file);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::system_error&) {
      throw;
    } catch (const std::exception& error) {
      throw DamagedFile(
          path_, std::string("its content is not that of a results file: ") + error.what(),
          "if another version of Maillage wrote it, run the scenario again with this one");
    }
  }

 private:
  static Descriptor open_checked(const std::filesystem::path& path) {
    if (std::filesystem::is_directory(path))
      throw DamagedFile(path, "it is a folder", "name a file");
    return open_for_reading(path);
  }

  std::filesystem::path path_;
  Descriptor descriptor_;
  Header header_;
  FileAtHand storage_;
};

/// Some rows of a table. Throws `hdf5::Error` for a code that has no label.
template <class Row, class Columns>
std::vector<Row> read_rows(const hdf5::Reader& file, const std::string& group,
                           const Columns& columns, std::uint64_t first, std::uint64_t count) {
  std::vector<Row> rows(count);
  for_each(columns, [&]<class Member, class Number>(const Column<Row, Member, Number>& column) {
    const std::vector<Number> values =
        file.numbers<Number>(group + "/" + column.name, {first}, {count});
    const auto codes = static_cast<double>(column.labels.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto code = static_cast<double>(values[i]);
      if (codes > 0 && !(code >= 0 && code < codes))
        throw hdf5::Error(group + "/" + column.name + " has a code without a meaning");
      rows[i].*column.member = static_cast<Member>(values[i]);
    }
  });
  return rows;
}

/// Everything but the numbers of the indicators and the tables. Whatever the minor version does not
/// know yet stays empty.
Results read_frame(const hdf5::Reader& file);

/// Whether the file has an indicator of communes.
bool has_panel(const hdf5::Reader& file, const CommuneIndicatorDefinition& indicator);

}  // namespace record
