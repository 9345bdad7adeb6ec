using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmMemory.Estimation.Comparison.Formats;

/// <summary>Ranks as vLLM and SGLang write them: DP1, PP0, TP3. A group that is not named has one member.</summary>
internal static class RankGroups
{
    /// <summary>The rank of a match with groups <c>g</c> and numbers <c>i</c>, and the label <c>l</c>.</summary>
    public static LogPlace PlaceOf(Match match)
    {
        var place = new LogPlace(LogPlaceKind.Rank, match.Groups["l"].Value.Trim());
        for (var i = 0; i < match.Groups["g"].Captures.Count; i++)
        {
            var index = Number(match.Groups["i"].Captures[i]);
            place = match.Groups["g"].Captures[i].Value switch
            {
                "DP" => place with { Copy = index },
                "PP" => place with { Stage = index },
                "TP" => place with { Rank = index },
                _ => place,
            };
        }

        return place;
    }

    /// <summary>A number of up to six digits.</summary>
    public static int Number(Capture digits)
    {
        return int.Parse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
