using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Json;

namespace LlmMemory.Sources.Calibrations;

/// <summary>
/// Reads a calibration out of a file that anybody may have written: each value is checked before it is used, and
/// each error names the byte.
/// </summary>
internal sealed class CalibrationReader
{
    private const int MaxTextLength = 300;

    private const int MaxFigures = 16;

    private const int MaxRanks = 65_536;

    // No machine has a pebibyte.
    private const long MaxBytes = 1L << 50;

    private readonly CalibrationPlace _place;

    private CalibrationReader(CalibrationPlace place)
    {
        _place = place;
    }

    /// <summary>Reads a calibration.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="now">Now, in UTC.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.CalibrationInvalid"/>.</exception>
    public static CalibrationProfile Read(CalibrationPlace place, byte[] bytes, DateTime now)
    {
        try
        {
            return new CalibrationReader(place).Profile(JsonNode.Parse(bytes), now);
        }
        catch (JsonFormatException error)
        {
            throw CalibrationError.Invalid(place.Path, error.Offset, error.Message, error);
        }
    }

    private CalibrationProfile Profile(JsonNode root, DateTime now)
    {
        var schema = Member(root, "schema");
        if (schema.AsText() != CalibrationText.Schema)
        {
            throw Bad(schema, $"the schema is not {CalibrationText.Schema}");
        }

        Whole(root, "version", CalibrationText.Version, CalibrationText.Version);
        var savedAt = Moment(root, "savedAt");
        var logs = Items(root, "logs", 1, CalibrationProfile.MaxLogs);
        return new CalibrationProfile(
            Text(root, "engine"), Text(root, "engineVersion"), Text(root, "rulesVersion"), logs.Select(Log))
        {
            Name = _place.Name,
            Path = _place.Path,
            DeviceMemory = root.Get("deviceMemory") is null ? null : Whole(root, "deviceMemory", 1, MaxBytes),
            SavedAt = savedAt,
            Age = now > savedAt ? now - savedAt : TimeSpan.Zero,
        };
    }

    private CalibrationLog Log(JsonNode log)
    {
        return new CalibrationLog(
            Text(log, "name"),
            Text(log, "model"),
            (int)Whole(log, "tensorParallel", 1, MaxRanks),
            (int)Whole(log, "pipelineParallel", 1, MaxRanks),
            Figures(log));
    }

    private CalibrationFigure[] Figures(JsonNode log)
    {
        var figures = new List<CalibrationFigure>();
        foreach (var node in Items(log, "figures", 1, MaxFigures))
        {
            var name = Text(node, "name");
            if (figures.Exists(figure => figure.Name == name))
            {
                throw Bad(node, $"{Quoted.Value(name)} stands in one log twice");
            }

            figures.Add(new CalibrationFigure(name, Whole(node, "estimated", 0, MaxBytes), Whole(node, "measured", 0, MaxBytes)));
        }

        return [.. figures];
    }

    private JsonNode Member(JsonNode node, string name)
    {
        return node.Get(name) ?? throw Bad(node, $"{Quoted.Value(name)} is missing");
    }

    private string Text(JsonNode node, string name)
    {
        var member = Member(node, name);
        return member.AsText() is { Length: > 0 and <= MaxTextLength } text
            ? Printable.Text(text)
            : throw Bad(member, $"{Quoted.Value(name)} is no text of up to {MaxTextLength} letters");
    }

    private long Whole(JsonNode node, string name, long least, long most)
    {
        var member = Member(node, name);
        return member.AsInt64() is { } number && number >= least && number <= most
            ? number
            : throw Bad(member, $"{Quoted.Value(name)} is {Quoted.Value(member)} and no whole number from {least} to {most}");
    }

    private DateTime Moment(JsonNode node, string name)
    {
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var member = Member(node, name);
        return DateTime.TryParseExact(member.AsText(), CalibrationText.MomentFormat, CultureInfo.InvariantCulture, Style, out var moment)
            ? moment
            : throw Bad(member, $"{Quoted.Value(name)} is no moment such as 2026-11-24T22:30:00Z");
    }

    private IReadOnlyList<JsonNode> Items(JsonNode node, string name, int fewest, int most)
    {
        var member = Member(node, name);
        return member.Kind == JsonTokenKind.ArrayStart && member.Items.Count >= fewest && member.Items.Count <= most
            ? member.Items
            : throw Bad(member, $"{Quoted.Value(name)} is no list of {fewest} to {most} entries");
    }

    private LlmMemoryException Bad(JsonNode node, string problem)
    {
        return CalibrationError.Invalid(_place.Path, node.Offset, problem);
    }
}
