using LlmMemory.Json;

namespace LlmMemory.Sources.Yaml;

/// <summary>Where a value goes: into a mapping under a key, into a list, or to the top.</summary>
/// <param name="Parent">The collection; null for the top.</param>
/// <param name="Key">The key; null in a list.</param>
internal readonly record struct YamlPlace(JsonNode? Parent, string? Key)
{
    /// <summary>Puts it there.</summary>
    public JsonNode Add(JsonTokenKind kind, string? text, int offset)
    {
        return Parent is null ? JsonNode.Root(kind, text, offset)
            : Key is null ? Parent.AddItem(kind, text, offset)
            : Parent.AddMember(Key, kind, text, offset);
    }
}
