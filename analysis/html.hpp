/// The little HTML that the report needs.
#pragma once

#include <string>
#include <string_view>

namespace analysis {

/// Text that a page shows as it is: & < > " ' become entities, control characters but tabs and line
/// breaks become spaces.
inline std::string escape(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    switch (byte) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default: {
        const auto code = static_cast<unsigned char>(byte);
        result += code < 0x20 && byte != '\n' && byte != '\t' ? ' ' : byte;
      }
    }
  }
  return result;
}

/// `<name attributes>content</name>`. Content and attributes are HTML already.
inline std::string element(std::string_view name, std::string_view content,
                           std::string_view attributes = "") {
  std::string result = "<";
  result += name;
  if (!attributes.empty()) (result += ' ') += attributes;
  ((result += '>') += content) += "</";
  (result += name) += '>';
  return result;
}

}  // namespace analysis
