/// HDF5 files in memory: a thin layer over the C library, which nobody else includes.
///
/// A file is built in memory and handed over as bytes, or opened from bytes; HDF5 never sees a real
/// file. Numbers go in compressed and with checksums of their own, dimensions are HDF5 dimension
/// scales, and equal calls give equal bytes. The layout is one that netCDF-4 readers accept.
///
/// One thread at a time uses HDF5, which is not everywhere built for more: others wait until the
/// writers and readers of that thread are gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace record::hdf5 {

/// What HDF5 refused, in its own words.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A note that describes a file, a group or a variable: `units` is "days".
struct Attribute {
  std::string name;
  std::variant<std::string, std::int32_t, std::int64_t, std::uint64_t, std::vector<std::int16_t>>
      value;
};
using Attributes = std::vector<Attribute>;

/// An open HDF5 object, closed at the end of its scope.
class Handle {
 public:
  using Close = int (*)(std::int64_t);
  Handle(std::int64_t id, Close closer) : id_(id), close_(closer) {}
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  ~Handle();
  std::int64_t id() const { return id_; }
  /// Closes now and throws `Error` if HDF5 cannot.
  void close();

 private:
  std::int64_t id_;
  Close close_;
};

/// Builds a file. Names are paths from the root ("stays/cause"); numbers are double, float,
/// std::int32_t, std::int64_t or std::int16_t; texts are UTF-8 without a null character. Every
/// member throws `Error` when HDF5 fails and `std::invalid_argument` for such a text.
class Writer {
 public:
  /// Starts a file with `user_block` bytes of zeros, a power of two from 512, before the first of
  /// HDF5's own.
  explicit Writer(std::size_t user_block);

  void add_group(const std::string& path);
  /// Describes the group or variable at `path`; "/" is the file itself.
  void add_attributes(const std::string& path, const Attributes& attributes);

  /// Adds a dimension: a variable that gives a number or a label to each of its positions.
  template <class Number>
  void add_dimension(const std::string& path, std::span<const Number> values,
                     const Attributes& attributes);
  void add_dimension(const std::string& path, std::span<const std::string> values,
                     const Attributes& attributes);

  /// Adds a variable over dimensions that are there already, the last one varying fastest; without
  /// any it is a single value. Requires one value per cell.
  template <class Number>
  void add_variable(const std::string& path, const std::vector<std::string>& dimensions,
                    std::span<const Number> values, const Attributes& attributes,
                    std::optional<Number> missing = std::nullopt);
  void add_variable(const std::string& path, const std::vector<std::string>& dimensions,
                    std::span<const std::string> values, const Attributes& attributes);

  /// The whole file, user block included. Nothing can be added afterwards.
  std::vector<std::byte> finish() &&;

 private:
  struct Use {               ///< a variable that extends over a dimension
    std::uint64_t variable;  ///< its address in the file
    int position;            ///< of the dimension among those of the variable
  };
  struct Dimension {
    std::string path;
    std::uint64_t address;
    std::uint64_t size;
    std::vector<Use> uses;
  };

  Dimension& dimension(const std::string& path);
  Handle create(const std::string& path, std::int64_t type, std::span<const std::uint64_t> shape,
                std::size_t bytes_per_value, const void* missing);
  void make_dimension(const Handle& dataset, const std::string& path, std::uint64_t size);
  void use_dimensions(const Handle& dataset, const std::vector<std::string>& dimensions);
  std::vector<std::uint64_t> shape_over(const std::vector<std::string>& dimensions,
                                        std::size_t values);

  std::unique_lock<std::recursive_mutex> turn_;
  std::size_t user_block_;
  Handle file_;
  std::vector<Dimension> dimensions_;
};

/// Reads a file from its bytes. Requires bytes that are known to be whole (by a checksum): HDF5 is
/// not made for damaged ones. Every member throws `Error` for what is missing or of another type.
class Reader {
 public:
  explicit Reader(std::vector<std::byte> image);

  /// The lengths of a variable's dimensions, none for a single value.
  std::vector<std::uint64_t> shape(const std::string& path) const;
  template <class Number>
  std::vector<Number> numbers(const std::string& path) const;
  std::vector<std::string> texts(const std::string& path) const;

  /// Attributes of the group or variable at `path`.
  std::string text_attribute(const std::string& path, const std::string& name) const;
  template <class Number>
  Number number_attribute(const std::string& path, const std::string& name) const;

 private:
  std::unique_lock<std::recursive_mutex> turn_;
  Handle file_;
};

}  // namespace record::hdf5
