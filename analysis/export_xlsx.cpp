/// Tables as a workbook.
#include <xlsxwriter.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <memory>
#include <new>
#include <system_error>

#include "analysis/export.hpp"
#include "analysis/scratch_streams.hpp"
#include "analysis/text_cells.hpp"
#include "record/durable_file.hpp"

namespace analysis {
namespace {

constexpr std::size_t longest_text = 32'767;   // characters that a cell holds
constexpr std::time_t creation = 946'684'800;  // 2000-01-01: equal tables give equal bytes

/// Throws what the library reports.
void require(lxw_error code) {
  if (code == LXW_NO_ERROR) return;
  if (code == LXW_ERROR_MEMORY_MALLOC_FAILED) throw std::bad_alloc();
  throw std::logic_error(std::string("libxlsxwriter: ") + lxw_strerror(code));
}

template <class Pointer>
Pointer* made(Pointer* pointer) {
  if (pointer == nullptr) throw std::bad_alloc();
  return pointer;
}

/// How cells look.
struct Formats {
  lxw_format* heading;
  lxw_format* day;
  lxw_format* euros;
};

Formats formats_of(lxw_workbook& workbook, Language language) {
  const Formats formats{made(workbook_add_format(&workbook)), made(workbook_add_format(&workbook)),
                        made(workbook_add_format(&workbook))};
  format_set_bold(formats.heading);
  format_set_bottom(formats.heading, LXW_BORDER_THIN);
  format_set_num_format(formats.day, language == Language::fr ? "dd/mm/yyyy" : "yyyy-mm-dd");
  format_set_num_format(formats.euros, "#,##0.00");
  return formats;
}

/// Cells of a sheet, row by row.
class SheetCells : public Cells {
 public:
  SheetCells(lxw_worksheet* sheet, const Formats& formats) : sheet_(sheet), formats_(formats) {}

  void text(std::string_view cell) override { put_text(cell, nullptr); }
  void heading(std::string_view cell) { put_text(cell, formats_.heading); }
  void integer(std::int64_t cell) override { put_number(static_cast<double>(cell), nullptr); }
  void number(double cell) override {
    if (std::isfinite(cell))
      put_number(cell, nullptr);
    else
      ++column_;
  }
  void cents(std::int64_t cell) override {
    put_number(static_cast<double>(cell) / 100, formats_.euros);
  }
  void date(std::chrono::sys_days cell) override {
    constexpr std::chrono::sys_days day_0{std::chrono::year{1899} / 12 / 30};  // from March 1900 on
    put_number(static_cast<double>((cell - day_0).count()), formats_.day);
  }
  void end_row() override {
    ++row_;
    column_ = 0;
  }

 private:
  void put_number(double cell, lxw_format* format) {
    require(worksheet_write_number(sheet_, row_, column_++, cell, format));
  }
  void put_text(std::string_view cell, lxw_format* format) {
    if (!cell.empty())
      require(worksheet_write_string(sheet_, row_, column_,
                                     shorten(harmless(cell), longest_text).c_str(), format));
    ++column_;
  }

  lxw_worksheet* sheet_;
  const Formats& formats_;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
};

/// Wide enough for the heading, or for what is usual there.
double width_of(const Table& table, const Column& column) {
  if (column.name == "description" || column.name == "text" || column.name == "texte") return 100;
  const auto heading = static_cast<double>(columns(column.name));
  return std::max(12.0, std::min(heading + 3, 40.0)) + (table.key == "columns" ? 16 : 0);
}

void add_sheet(lxw_workbook& workbook, const Table& table, const Formats& formats) {
  lxw_worksheet* sheet = made(workbook_add_worksheet(&workbook, table.title.c_str()));
  const auto last = static_cast<lxw_col_t>(table.columns.size() - 1);
  for (lxw_col_t c = 0; c <= last; ++c)
    require(worksheet_set_column(sheet, c, c, width_of(table, table.columns[c]), nullptr));
  worksheet_freeze_panes(sheet, 1, 0);
  require(worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows), last));
  SheetCells cells(sheet, formats);
  for (const Column& column : table.columns) cells.heading(column.name);
  cells.end_row();
  table.write_rows(cells);
}

void copy(const record::Descriptor& from, record::DurableFile& to) {
  std::vector<std::byte> block(1 << 20);
  for (std::uint64_t offset = 0;;) {
    const std::size_t size = record::read_at(from, offset, block, to.path());
    if (size == 0) return;
    to.write_at(offset, std::span(block).first(size));
    offset += size;
  }
}

}  // namespace

void write_xlsx(const std::filesystem::path& path, const std::vector<Table>& tables,
                const WorkbookProperties& properties, Language language) {
  record::DurableFile file(path);
  ScratchStreams scratch(path.parent_path());
  const record::Descriptor whole = scratch.create();
  const std::string name = "/proc/self/fd/" + std::to_string(whole.number());
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.use_zip64 = LXW_FALSE;
  std::unique_ptr<lxw_workbook, decltype(&lxw_workbook_free)> workbook(
      made(workbook_new_opt(name.c_str(), &options)), &lxw_workbook_free);
  const auto failed = [&](int code) {
    return std::system_error(code, std::generic_category(), "cannot write " + path.string());
  };
  try {
    std::string title = properties.title, comment = properties.comment;
    lxw_doc_properties described{};
    described.title = title.data();
    described.comments = comment.data();
    described.created = creation;
    require(workbook_set_properties(workbook.get(), &described));
    const Formats formats = formats_of(*workbook, language);
    for (const Table& table : tables) add_sheet(*workbook, table, formats);
  } catch (const std::exception&) {
    if (scratch.error() != 0) throw failed(scratch.error());
    throw;
  }
  errno = 0;
  const lxw_error closed = workbook_close(workbook.release());
  const int code = errno;
  if (scratch.error() != 0) throw failed(scratch.error());
  if (closed == LXW_ERROR_MEMORY_MALLOC_FAILED) throw std::bad_alloc();
  if (closed != LXW_NO_ERROR) throw failed(code != 0 ? code : EIO);
  if (!scratch.used()) throw std::logic_error("libxlsxwriter does not take our streams");
  copy(whole, file);
  file.commit();
}

}  // namespace analysis
