#include "record/durable_stream.hpp"

#include <span>

namespace record {

DurableStream::DurableStream(const std::filesystem::path& path)
    : std::ostream(nullptr), file_(path), buffer_(file_) {
  rdbuf(&buffer_);
  exceptions(std::ios::badbit);  // hands on what `DurableFile` throws
}

void DurableStream::commit() {
  flush();
  file_.commit();
}

int DurableStream::Buffer::sync() {
  const std::span<const char> text(pbase(), pptr());
  file_.write_at(written_, std::as_bytes(text));
  written_ += text.size();
  empty();
  return 0;
}

DurableStream::Buffer::int_type DurableStream::Buffer::overflow(int_type letter) {
  sync();
  if (traits_type::eq_int_type(letter, traits_type::eof())) return traits_type::not_eof(letter);
  return sputc(traits_type::to_char_type(letter));
}

}  // namespace record
