using System;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmMemory.Fuzz.Checks;

/// <summary>Puts those numbers of a safetensors header right that follow from the others.</summary>
internal static class SafetensorsRepair
{
    private const int LengthBytes = sizeof(ulong);

    private static readonly FrozenDictionary<string, int> Bits = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["F64"] = 64, ["I64"] = 64, ["U64"] = 64, ["F32"] = 32, ["I32"] = 32, ["U32"] = 32, ["F16"] = 16, ["BF16"] = 16,
        ["I16"] = 16, ["I8"] = 8, ["U8"] = 8, ["BOOL"] = 8, ["F8_E4M3"] = 8, ["F8_E5M2"] = 8, ["F8_E8M0"] = 8, ["F4"] = 4,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A header that is right, and the bytes of its file; null where the bytes hold no JSON object.</summary>
    public static (byte[] Header, long FileLength)? Run(byte[] bytes)
    {
        try
        {
            if (bytes.Length <= LengthBytes || JsonNode.Parse(bytes.AsSpan(LengthBytes)) is not JsonObject header)
            {
                return null;
            }

            var dataLength = header.Aggregate(0L, (start, member) => Place(member.Value, start));
            var json = JsonSerializer.SerializeToUtf8Bytes(header);
            byte[] repaired = [.. new byte[LengthBytes], .. json];
            BinaryPrimitives.WriteInt64LittleEndian(repaired, json.Length);
            return (repaired, repaired.Length + dataLength);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException or OverflowException)
        {
            // No JSON, a text that is no Unicode, a name that comes twice, or more bytes than are counted.
            return null;
        }
    }

    /// <summary>Places the data of a tensor, and says where the next may start.</summary>
    private static long Place(JsonNode? node, long start)
    {
        if (node is not JsonObject tensor
            || tensor["dtype"] is not JsonValue dataType
            || !dataType.TryGetValue<string>(out var name)
            || !Bits.TryGetValue(name, out var bits)
            || tensor["shape"] is not JsonArray shape)
        {
            return start;
        }

        var end = checked(start + (shape.Aggregate((long)bits, (product, length) => checked(product * Length(length))) / 8));
        tensor["data_offsets"] = new JsonArray(start, end);
        return end;
    }

    private static long Length(JsonNode? node)
    {
        return node is JsonValue value && value.TryGetValue<long>(out var length) && length > 0 ? length : 0;
    }
}
