using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace LlmMemory.Sources.Calibrations;

/// <summary>Writes a calibration as JSON, a line for each figure, so that a person can read and compare it.</summary>
internal static class CalibrationText
{
    /// <summary>What the file says it is.</summary>
    public const string Schema = "llm-memory-calibration";

    /// <summary>
    /// The version of the schema. It changes as well when a rule changes whose figures stand in calibrations: an
    /// older file has been compared with another estimate.
    /// </summary>
    public const int Version = 1;

    /// <summary>How a moment is written.</summary>
    public const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The text of a calibration.</summary>
    /// <param name="profile">The calibration.</param>
    /// <param name="savedAt">Now, in UTC.</param>
    public static string Of(CalibrationProfile profile, DateTime savedAt)
    {
        var device = profile.DeviceMemory?.ToString(CultureInfo.InvariantCulture) ?? "null";
        return $$"""
            {
              "schema": "{{Schema}}",
              "version": {{Version.ToString(CultureInfo.InvariantCulture)}},
              "savedAt": "{{savedAt.ToString(MomentFormat, CultureInfo.InvariantCulture)}}",
              "engine": {{Text(profile.Engine)}},
              "engineVersion": {{Text(profile.EngineVersion)}},
              "rulesVersion": {{Text(profile.RulesVersion)}},
              "deviceMemory": {{device}},
              "logs": [
            {{string.Join(",\n", profile.Logs.Select(Log))}}
              ]
            }

            """.Replace("\r\n", "\n");
    }

    private static string Log(CalibrationLog log)
    {
        var head = string.Format(
            CultureInfo.InvariantCulture,
            "    {{ \"name\": {0}, \"model\": {1}, \"tensorParallel\": {2}, \"pipelineParallel\": {3}, \"figures\": [\n",
            Text(log.Name),
            Text(log.Model),
            log.TensorParallel,
            log.PipelineParallel);
        return head + string.Join(",\n", log.Figures.Select(Figure)) + " ] }";
    }

    private static string Figure(CalibrationFigure figure)
    {
        return string.Format(
            CultureInfo.InvariantCulture,
            "      {{ \"name\": {0}, \"estimated\": {1}, \"measured\": {2} }}",
            Text(figure.Name),
            figure.EstimatedBytes,
            figure.MeasuredBytes);
    }

    private static string Text(string text)
    {
        var written = new StringBuilder("\"");
        foreach (var letter in text)
        {
            // All but plain letters as numbers: so half a pair is no trouble either.
            _ = letter is >= ' ' and < '\x7f' and not '"' and not '\\'
                ? written.Append(letter)
                : written.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:x4}", (int)letter);
        }

        return written.Append('"').ToString();
    }
}
